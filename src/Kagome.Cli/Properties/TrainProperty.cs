using Kagome.Checkpoints;
using Kagome.Cli.Models;
using Kagome.Cli.Output;
using Kagome.Cli.Training;
using Kagome.Training.Loops;
using Kagome.Training.Recipes;
using static TorchSharp.torch;

namespace Kagome.Cli.Properties;

/// <summary>Trains the folds of an ensemble one after another, tests them, and leaves one model file.</summary>
internal static class TrainProperty
{
    public static int Run(TrainPropertySettings settings, CommandStreams streams, CancellationToken cancellation)
    {
        Device device = DeviceChoice.Find(settings.Device);
        Recipe recipe = PropertyRecipe.Of(settings);
        string folder = settings.OutputFolder ?? Path.Combine("runs", recipe.Name);
        RefuseToOverwrite(folder, settings.Resume);
        using Checkpoint loaded = ModelLocation.Load(recipe.InitialModel!);
        Checkpoint initial = PropertyRecipe.Headless(loaded);
        PropertyData data = PropertyData.Read(settings.DataPaths, recipe, loaded, cancellation);
        data.Report(streams.Error);
        streams.Error.WriteLine($"Starting from the weights of {loaded.Provenance.Name}; the head starts at random.");
        using (TrainingProgressLine progress = new(streams.Error, recipe.Run.Steps * recipe.Property!.Folds))
        {
            for (int fold = 0; fold < recipe.Property.Folds; fold++)
            {
                if (!TrainFold(fold, recipe, initial, data, folder, device, settings.Resume, progress, cancellation))
                {
                    streams.Error.WriteLine(
                        $"Stopped in fold {fold + 1} of {recipe.Property.Folds}; go on with the same command and --resume."
                    );
                    return ExitCode.Interrupted;
                }
            }
        }

        using FoldEnsemble ensemble = FoldEnsemble.Load(folder, recipe, data);
        CrossValidation tested = ensemble.Test(streams.Error, cancellation);
        string path = Path.Combine(folder, TrainingSession.ModelFileName);
        ensemble.Save(path, tested);
        OutputFile.Write(Path.Combine(folder, "cross-validation.json"), JsonText.Format(tested) + "\n");
        CrossValidationTable.Print(streams.Output, tested);
        streams.Error.WriteLine($"Done: {path}");
        return ExitCode.Success;
    }

    /// <returns>Whether the fold is done; false where it was stopped, with its state saved.</returns>
    private static bool TrainFold(
        int fold,
        Recipe recipe,
        Checkpoint initial,
        PropertyData data,
        string folder,
        Device device,
        bool resume,
        TrainingProgressLine progress,
        CancellationToken cancellation
    )
    {
        Recipe own = PropertyRecipe.OfFold(recipe, initial, fold);
        Kagome.Training.Data.TrainingSet crystals = data.TrainingSet(fold);
        using Tensor elementTable = ElementTable.Create();
        using TrainingRun run = new(own, crystals, null, elementTable, device, initial);
        ModelExport export = new(crystals, TimeProvider.System, SourceCommit.Current);
        TrainingSession session = new(
            run,
            FoldFolder(folder, fold),
            path => export.Write(run, path),
            [new FoldProgress(progress, fold * recipe.Run.Steps)],
            TimeProvider.System
        );
        return (resume && session.Resume() && run.IsDone) || session.Train(cancellation);
    }

    public static string FoldFolder(string folder, int fold) => Path.Combine(folder, $"fold-{fold + 1}");

    private static void RefuseToOverwrite(string folder, bool resume)
    {
        if (!resume && File.Exists(Path.Combine(FoldFolder(folder, 0), TrainingSession.StateFileName)))
        {
            throw new BadInputException(
                $"{folder} holds a run already. Go on with --resume, or choose another folder with --out."
            );
        }
    }
}
