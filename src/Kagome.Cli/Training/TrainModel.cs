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
        Recipe recipe = TrainingRecipe.Of(settings);
        string folder = settings.OutputFolder ?? Path.Combine("runs", recipe.Name);
        RefuseToOverwrite(folder, settings.Resume);
        using Checkpoint? initial = recipe.InitialModel is { } name ? LoadInitial(recipe, name) : null;
        TrainingData data = TrainingData.Read(settings.DataPaths, settings.ValidationPaths, recipe);
        TrainingOutcome outcome = Train(
            recipe,
            data,
            initial,
            folder,
            settings.Resume,
            settings.Device,
            error,
            cancellation
        );
        error.WriteLine(
            outcome.IsDone
                ? $"Done: {Path.Combine(folder, TrainingSession.ModelFileName)}"
                : $"Stopped at step {outcome.StepsTaken}; go on with the same command and --resume."
        );
        return outcome.IsDone ? ExitCode.Success : ExitCode.Interrupted;
    }

    /// <summary>Trains, and leaves state and model in the folder.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="data">What to learn from.</param>
    /// <param name="initial">A model that fits the recipe; null for random weights.</param>
    /// <param name="folder">Of the run.</param>
    /// <param name="resume">Whether to go on from a state in the folder.</param>
    /// <param name="device">cpu or cuda.</param>
    /// <param name="error">For progress.</param>
    /// <param name="cancellation">Stops after a step.</param>
    /// <exception cref="BadInputException">There is no such device.</exception>
    public static TrainingOutcome Train(
        Recipe recipe,
        TrainingData data,
        Checkpoint? initial,
        string folder,
        bool resume,
        string device,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        data.Report(recipe, error);
        ReportInitial(recipe, initial, error);
        using Tensor elementTable = ElementTable.Create();
        using TrainingRun run = new(
            recipe,
            data.Training,
            data.Validation,
            elementTable,
            DeviceChoice.Find(device),
            initial
        );
        using TrainingProgressLine progress = new(error, recipe.Run.Steps);
        ModelExport export = new(data.Training, TimeProvider.System, SourceCommit.Current);
        TrainingSession session = new(
            run,
            folder,
            path => export.Write(run, path),
            [progress, new TensorBoardLog(Path.Combine(folder, "events"))],
            TimeProvider.System
        );
        if (resume && session.Resume())
        {
            error.WriteLine($"Resuming at step {run.StepsTaken} of {recipe.Run.Steps}.");
        }

        bool isDone = session.Train(cancellation);
        return new TrainingOutcome(isDone, run.StepsTaken, run.TimeTrained, progress.LastValidation);
    }

    /// <exception cref="BadInputException">There is no such model, or it does not fit the recipe.</exception>
    public static Checkpoint LoadInitial(Recipe recipe, string nameOrPath)
    {
        Checkpoint model = ModelLocation.Load(nameOrPath);
        if (InitialWeights.Problem(recipe, model) is not { } problem)
        {
            return model;
        }

        model.Dispose();
        throw new BadInputException($"--init: {problem}");
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
