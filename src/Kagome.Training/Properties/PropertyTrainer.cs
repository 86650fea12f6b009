using Kagome.Crystals.Elements;
using Kagome.Diagnosis;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Training.Data;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
using Kagome.Work;
using static TorchSharp.torch;

namespace Kagome.Training.Properties;

/// <summary>Learns a property of crystals: an ensemble with one network for each fold of a cross-validation, which starts from another model.</summary>
/// <remarks>
/// All polymorphs of a formula are in one fold, and each network is tested on the formulas that it did not learn from. Not for several
/// threads. Same data, options and seed on the same kind of processor and as many cores: the same model.
/// </remarks>
public sealed class PropertyTrainer : IDisposable
{
    private readonly PropertyTrainingOptions options;
    private readonly Recipe recipe;
    private readonly Device device;
    private readonly Checkpoint loaded; // owns the weights that the initial model borrows
    private readonly Checkpoint initial;
    private readonly PropertyData data;

    private PropertyTrainer(
        PropertyTrainingOptions options,
        Recipe recipe,
        Device device,
        Checkpoint loaded,
        PropertyData data
    )
    {
        (this.options, this.recipe, this.device, this.data) = (options, recipe, device, data);
        (this.loaded, initial) = (loaded, loaded.WithoutHeads());
    }

    /// <summary>What is learned: the recipe's settings with those of the options.</summary>
    public PropertySettings Settings => data.Settings;

    /// <summary>The name of the model that the networks start from; their heads start at random.</summary>
    public string InitialModel => initial.Provenance.Name;

    /// <summary>How many crystals there are to learn from, and what was left out.</summary>
    public PropertyDataCounts Data => data.Counts;

    /// <summary>Steps of all folds together.</summary>
    public int StepCount => recipe.Run.Steps * Settings.Folds;

    /// <summary>Reads data and initial model, and finds out whether the folds can be.</summary>
    /// <exception cref="OptionException">An option is out of its range, or there is no such device.</exception>
    /// <exception cref="InputException">There are too few crystals, no such model, or the folder holds a run already.</exception>
    /// <exception cref="KagomeException">A file of crystals or the model is damaged.</exception>
    public static PropertyTrainer Load(PropertyTrainingOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Device place = Devices.Find(options.Device);
        Recipe resolved = options.ResolvedRecipe();
        Checkpoint start = LoadSingle(new ModelCatalog(options.ModelFolder), resolved.InitialModel!);
        try
        {
            TrainingDomain domain = new(start.Provenance, start.Network);
            PropertyData crystals = PropertyData.Read(
                options.DataPaths,
                options.Format,
                resolved,
                domain,
                cancellation
            );
            return new PropertyTrainer(options, resolved, place, start, crystals);
        }
        catch
        {
            start.Dispose();
            throw;
        }
    }

    /// <summary>Trains the folds one after another, tests them, and leaves one model file.</summary>
    /// <param name="observer">Hears of each step, counted over all folds, and of each file that is saved.</param>
    /// <param name="progress">Hears how many crystals are tested.</param>
    /// <param name="cancellation">Stops after a step, with the fold's state saved, or between batches of the test.</param>
    /// <returns>What came of it; one that was stopped while it trained says where.</returns>
    /// <exception cref="TrainingDivergedException">A loss is not finite; the last state that was saved is kept.</exception>
    /// <exception cref="TrainingStateException">The state to go on from is another run's, or damaged.</exception>
    /// <exception cref="InputException">Another process or call trains into the folder.</exception>
    /// <exception cref="OperationCanceledException">It was stopped while it tested; resume to test again.</exception>
    public async Task<PropertyTrainingResult> TrainAsync(
        IProgress<TrainingEvent>? observer = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using FolderLock taken = FolderLock.Take(options.OutputFolder!);
        string path = Path.Combine(options.OutputFolder!, TrainingSession.ModelFileName);
        if (
            await Task.Run(() => FirstStopped(observer, cancellation), CancellationToken.None).ConfigureAwait(false) is
            { } fold
        )
        {
            return new PropertyTrainingResult(path, null, fold + 1);
        }

        using FoldEnsemble ensemble = FoldEnsemble.Load(options, recipe, data);
        CrossValidation tested = await ensemble.TestAsync(progress, cancellation).ConfigureAwait(false);
        ensemble.Save(path, tested);
        AtomicFile.Write(
            Path.Combine(options.OutputFolder!, "cross-validation.json"),
            DocumentSchema.CrossValidation.Format(tested) + "\n"
        );
        return new PropertyTrainingResult(path, tested, null);
    }

    /// <summary>Frees the weights of the initial model.</summary>
    public void Dispose() => loaded.Dispose();

    /// <summary>Trains folds; gives the first that was stopped, with its state saved, or null where all are done.</summary>
    private int? FirstStopped(IProgress<TrainingEvent>? observer, CancellationToken cancellation)
    {
        using IDisposable memory = FreedMemory.Keep();
        using Tensor elementTable = tensor(ElementFeatures.Table());
        for (int fold = 0; fold < Settings.Folds; fold++)
        {
            Recipe own = recipe with
            {
                Name = $"{recipe.Name}-fold-{fold + 1}",
                Seed = recipe.Seed + fold,
                Network = initial.Network with { HasEnergyHead = true },
                Process = initial.Process,
            };
            TrainingSet crystals = data.TrainingSet(fold);
            using TrainingRun run = new(own, crystals, null, elementTable, device, initial);
            ModelExport export = new(crystals, TimeProvider.System, Installation.Commit);
            TrainingSession session = new(
                run,
                options.FoldFolder(fold),
                file => export.Write(run, file),
                observer is null ? [] : [new FoldEvents(observer, fold * recipe.Run.Steps, StepCount)],
                TimeProvider.System
            );
            bool wasDone = options.Resume && session.Resume() && run.IsDone;
            if (!wasDone && !session.Train(cancellation))
            {
                return fold;
            }
        }

        return null;
    }

    /// <summary>The model to start from, whatever it was for.</summary>
    /// <exception cref="InputException">There is no such model, or it holds several networks.</exception>
    private static Checkpoint LoadSingle(ModelCatalog catalog, string nameOrPath)
    {
        Checkpoint found = catalog.Load(nameOrPath);
        if (found.Ensemble is { } ensemble)
        {
            found.Dispose();
            throw new InputException(
                $"{nameof(options.InitialModel)}: {found.Provenance.Name} is an ensemble of {ensemble.FoldCount} networks; expected one network, such as {ModelOptions.DefaultPredictor}.",
                nameOrPath,
                nameof(options.InitialModel)
            );
        }

        return found;
    }

    /// <summary>Reports the steps of one fold as steps of the whole cross-validation.</summary>
    private sealed class FoldEvents(IProgress<TrainingEvent> whole, int stepsBefore, int stepCount)
        : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value) =>
            whole.Report(
                value switch
                {
                    TrainingStep step => step with { Step = step.Step + stepsBefore, StepCount = stepCount },
                    TrainingValidated validated => validated with { Step = validated.Step + stepsBefore },
                    ModelSaved saved => saved with { Step = saved.Step + stepsBefore },
                    _ => value,
                }
            );
    }
}

/// <summary>What came of a property's training.</summary>
/// <param name="ModelPath">The file of all folds; absent where it was stopped.</param>
/// <param name="CrossValidation">How far the folds were off; null where it was stopped.</param>
/// <param name="StoppedInFold">The fold, from 1, that it was stopped in; null where it is done.</param>
public sealed record PropertyTrainingResult(string ModelPath, CrossValidation? CrossValidation, int? StoppedInFold);
