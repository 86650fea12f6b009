using Kagome.Cli.Output;
using Kagome.Training.Logs;
using Kagome.Training.Loops;
using Kagome.Training.Recipes;
using static TorchSharp.torch;

namespace Kagome.Cli.Training;

/// <summary>Reads data and recipe, trains, and leaves a model in the run's folder.</summary>
internal static class TrainGenerator
{
    public static int Run(TrainGeneratorSettings settings, TextWriter error, CancellationToken cancellation)
    {
        Device device = DeviceChoice.Find(settings.Device);
        Recipe recipe = ReadRecipe(settings);
        string folder = settings.OutputFolder ?? Path.Combine("runs", recipe.Name);
        RefuseToOverwrite(folder, settings.Resume);
        TrainingData data = TrainingData.Read(settings.DataPaths, settings.ValidationPaths, recipe.Run);
        Report(data, recipe, error);

        using Tensor elementTable = ElementTable.Create();
        using TrainingRun run = new(recipe, data.Training, data.Validation, elementTable, device);
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

    private static Recipe ReadRecipe(TrainGeneratorSettings settings)
    {
        Recipe recipe = RecipeFile.Read(RecipeLocation.Find(settings.Recipe));
        return recipe with
        {
            Seed = settings.Seed ?? recipe.Seed,
            Run = recipe.Run with { Steps = settings.Steps ?? recipe.Run.Steps },
        };
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

    private static void Report(TrainingData data, Recipe recipe, TextWriter error)
    {
        error.WriteLine(
            $"{data.Training.Count} crystals to learn from, {data.Validation.Count} to validate on; recipe {recipe.Name}, {recipe.Run.Steps} steps."
        );
        foreach ((string reason, int count) in data.Skipped)
        {
            error.WriteLine($"  {count} left out: {reason}");
        }
    }
}
