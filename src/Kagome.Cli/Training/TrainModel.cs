using Kagome.Checkpoints;
using Kagome.Cli.Models;
using Kagome.Cli.Output;
using Kagome.Training.Logs;
using Kagome.Training.Loops;
using Kagome.Training.Recipes;
using static TorchSharp.torch;

namespace Kagome.Cli.Training;

/// <summary>Reads data and recipe, trains, and leaves a model in the run's folder.</summary>
internal static class TrainModel
{
    public static int Run(TrainSettings settings, TextWriter error, CancellationToken cancellation)
    {
        Device device = DeviceChoice.Find(settings.Device);
        Recipe recipe = TrainingRecipe.Of(settings);
        string folder = settings.OutputFolder ?? Path.Combine("runs", recipe.Name);
        RefuseToOverwrite(folder, settings.Resume);
        using Checkpoint? initial = FindInitial(recipe);
        TrainingData data = TrainingData.Read(settings.DataPaths, settings.ValidationPaths, recipe);
        data.Report(recipe, error);
        ReportInitial(recipe, initial, error);

        using Tensor elementTable = ElementTable.Create();
        using TrainingRun run = new(recipe, data.Training, data.Validation, elementTable, device, initial);
        using TrainingProgressLine progress = new(error, recipe.Run.Steps);
        ModelExport export = new(data.Training, TimeProvider.System, SourceCommit.Current);
        TrainingSession session = new(
            run,
            folder,
            path => export.Write(run, path),
            [progress, new TensorBoardLog(Path.Combine(folder, "events"))],
            TimeProvider.System
        );
        if (settings.Resume && session.Resume())
        {
            error.WriteLine($"Resuming at step {run.StepsTaken} of {recipe.Run.Steps}.");
        }

        bool isDone = session.Train(cancellation);
        progress.Dispose();
        error.WriteLine(
            isDone
                ? $"Done: {Path.Combine(folder, TrainingSession.ModelFileName)}"
                : $"Stopped at step {run.StepsTaken}; go on with the same command and --resume."
        );
        return isDone ? ExitCode.Success : ExitCode.Interrupted;
    }

    /// <exception cref="BadInputException">There is no such model, or it does not fit the recipe.</exception>
    private static Checkpoint? FindInitial(Recipe recipe)
    {
        if (recipe.InitialModel is null)
        {
            return null;
        }

        Checkpoint model = ModelLocation.Load(recipe.InitialModel);
        return InitialWeights.Problem(recipe, model) is { } problem
            ? throw new BadInputException($"--init: {problem}")
            : model;
    }

    private static void ReportInitial(Recipe recipe, Checkpoint? initial, TextWriter error)
    {
        if (initial is not null)
        {
            string head = InitialWeights.LacksEnergyHead(recipe, initial) ? "; its energy head starts at random" : "";
            error.WriteLine($"Starting from the weights of {initial.Provenance.Name}{head}.");
        }
    }

    private static void RefuseToOverwrite(string folder, bool resume)
    {
        if (!resume && File.Exists(Path.Combine(folder, TrainingSession.StateFileName)))
        {
            throw new BadInputException(
                $"{folder} holds a run already. Go on with --resume, or choose another folder with --out."
            );
        }
    }
}
