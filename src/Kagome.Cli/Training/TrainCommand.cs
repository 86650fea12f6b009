using System.CommandLine;

namespace Kagome.Cli.Training;

/// <summary>kagome train: learns models from data.</summary>
internal static class TrainCommand
{
    public static Command Create() =>
        new("train", "Train a model on crystals of your own.") { TrainGeneratorCommand.Create() };
}
