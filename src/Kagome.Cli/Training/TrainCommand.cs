using System.CommandLine;
using Kagome.Checkpoints;
using Kagome.Cli.Properties;

namespace Kagome.Cli.Training;

/// <summary>kagome train: learns models from data.</summary>
internal static class TrainCommand
{
    private const string GeneratorHelp = """
        Train DAO-G, the model that generates structures.

        Example:
          kagome train generator --data crystals/ --recipe laptop
        """;

    private const string PredictorHelp = """
        Train DAO-P, the model that judges energies and guides DAO-G.

        Learns the energy above hull, the label e_hull in eV/atom, of crystals with and without noise.

        Examples:
          kagome train predictor --data mp20-train.jsonl.gz mp-extra.jsonl.gz --validation mp20-val.jsonl.gz
          kagome train predictor --data mine.csv --recipe kagome-p --init kagome-p --steps 2000
        """;

    public static Command Create() =>
        new("train", "Train a model on crystals of your own.")
        {
            TrainModelCommand.Create("generator", GeneratorHelp, ModelKind.Generator, "laptop"),
            TrainModelCommand.Create("predictor", PredictorHelp, ModelKind.Predictor, "kagome-p"),
            TrainPropertyCommand.Create(),
        };
}
