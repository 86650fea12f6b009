using Kagome.Crystals.Elements;
using Kagome.Diagnosis;
using Kagome.Models;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
using Kagome.Work;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>Trains generators and predictors on crystals of one's own, from the start or from another model's weights (fine-tuning).</summary>
/// <remarks>
/// A run that is stopped, even by a power cut, goes on from its last checkpoint to the very weights that it would have had. Safe to use from
/// several threads, each with a folder of its own; not so with a group of processes, whose trainers do one training after another.
/// </remarks>
/// <param name="models">Where the names of models are looked up; null for those that came along.</param>
/// <param name="recipes">Where the names of recipes are looked up; null for those that came along.</param>
/// <param name="processes">Processes that share each batch, all of which train by the same options; null for this one alone. Should one of them fail, all have to be ended.</param>
public sealed class ModelTrainer(
    ModelCatalog? models = null,
    RecipeCatalog? recipes = null,
    IProcessGroup? processes = null
)
{
    private readonly IProcessGroup group = processes ?? SingleProcess.Group;
    private readonly ModelCatalog models = models ?? new ModelCatalog();
    private readonly RecipeCatalog recipes = recipes ?? new RecipeCatalog();

    /// <summary>Trains a model, and leaves it in the folder of the run.</summary>
    /// <param name="options">What to train, on what.</param>
    /// <param name="progress">Hears of all that happens, on the thread of the training.</param>
    /// <param name="cancellation">Stops after a step, with a state to go on from: the outcome is then not done.</param>
    /// <exception cref="OptionException">An option is out of its range, or there is no such device.</exception>
    /// <exception cref="InputException">No crystal can be learned from, or recipe or model do not fit.</exception>
    /// <exception cref="RecipeException">The recipe is damaged.</exception>
    /// <exception cref="TrainingStateException">The state in the folder is of another recipe or other data, or damaged.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no number any more; the last checkpoint stays.</exception>
    /// <exception cref="ProcessGroupException">Processes have other data, recipes or weights.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before the first step.</exception>
    public Task<TrainingOutcome> TrainAsync(
        TrainingOptions options,
        IProgress<TrainingEvent>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return TrainAsync(Recipe(options), options, progress, cancellation);
    }

    /// <summary>Trains by a recipe that is at hand, in place of the one that the options name.</summary>
    internal Task<TrainingOutcome> TrainAsync(
        Recipe recipe,
        TrainingOptions options,
        IProgress<TrainingEvent>? progress,
        CancellationToken cancellation
    ) =>
        System.Threading.Tasks.Task.Factory.StartNew(
            () => Train(recipe, options, progress, cancellation),
            CancellationToken.None,
            TaskCreationOptions.LongRunning, // a thread of its own: hours of work shall not take one from the pool
            TaskScheduler.Default
        );

    private TrainingOutcome Train(
        Recipe recipe,
        TrainingOptions options,
        IProgress<TrainingEvent>? progress,
        CancellationToken cancellation
    )
    {
        string folder = options.OutputFolder;
        using FolderLock? taken = group.IsFirst() ? FolderLock.Take(folder) : null;
        string state = Path.Combine(folder, TrainingSession.StateFileName);
        if (group.IsFirst() && !options.Resume && File.Exists(state))
        {
            throw new InputException(
                $"{folder} holds a run already. Go on with {nameof(options.Resume)}, or choose another folder with {nameof(options.OutputFolder)}.",
                folder,
                nameof(options.Resume),
                nameof(options.OutputFolder)
            );
        }

        Device device = Devices.Find(ProcessDevice.Of(options.Device, group));
        using Checkpoint? initial = LoadInitial(recipe, options.InitialModel ?? recipe.InitialModel);
        TrainingData data = Read(options, recipe, cancellation);
        progress?.Report(new CrystalsRead(recipe.Name, recipe.Run.Steps, data.Summary));
        if (initial is not null)
        {
            bool lacksHead = InitialWeights.LacksEnergyHead(recipe, initial);
            progress?.Report(new InitialModelRead(initial.Provenance.Name, lacksHead));
        }

        using Tensor elementTable = tensor(ElementFeatures.Table());
        bool isOpen = recipe.Run.Workers == 0; // then a run that is gone on with decides
        int savedParts = group.FromFirst(
            isOpen && options.Resume && File.Exists(state) ? TrainingStateFile.Parts(state) : 0
        );
        using IDisposable memory = FreedMemory.Keep();
        using TrainingRun run = new(
            recipe,
            data.Training,
            data.Validation,
            elementTable,
            device,
            initial,
            group,
            savedParts
        );
        RequireSame(run, data);
        if (group.HasOthers())
        {
            progress?.Report(new TrainingShared(group.Size, run.Sharing.Parts, run.Sharing.Copies));
        }

        ModelExport export = new(data.Training, TimeProvider.System, Installation.Commit);
        IReadOnlyList<IProgress<TrainingEvent>> observers = Observers(progress, folder);
        TrainingSession session = new(run, folder, path => export.Write(run, path), observers, TimeProvider.System);
        if (options.Resume && session.Resume())
        {
            progress?.Report(new TrainingResumed(run.StepsTaken, recipe.Run.Steps));
        }

        bool isDone = session.Train(cancellation);
        group.Barrier(); // what the first has written is there for all
        return new TrainingOutcome(
            isDone,
            Path.Combine(folder, TrainingSession.ModelFileName),
            run.StepsTaken,
            run.TimeTrained,
            data.Summary,
            session.LastValidation
        );
    }

    private TrainingData Read(TrainingOptions options, Recipe recipe, CancellationToken cancellation)
    {
        TrainingData Own() => TrainingData.Read(options, recipe, cancellation);
        return group.HasOthers()
            ? group
                .TogetherAsync(() => System.Threading.Tasks.Task.FromResult(Own()), cancellation)
                .GetAwaiter()
                .GetResult()
            : Own();
    }

    /// <summary>The first process keeps the log.</summary>
    private IReadOnlyList<IProgress<TrainingEvent>> Observers(IProgress<TrainingEvent>? progress, string folder)
    {
        List<IProgress<TrainingEvent>> observers = progress is null ? [] : [progress];
        if (group.IsFirst())
        {
            observers.Add(new TensorBoardLog(Path.Combine(folder, "events")));
        }

        return observers;
    }

    private void RequireSame(TrainingRun run, TrainingData data)
    {
        group.RequireSame(
            "data",
            $"{run.DataFingerprint} {data.Validation.Fingerprint}",
            "Every process reads the files: they have to be on a file system that all of them see."
        );
        group.RequireSame(
            "recipe",
            RecipeFile.Format(run.Recipe),
            "Every process reads the recipe and looks what products its processor is good at; start all with the same files, on machines of one kind."
        );
    }

    /// <summary>The recipe's file, with what the options say instead.</summary>
    private Recipe Recipe(TrainingOptions options)
    {
        bool isGenerator = options.Kind == ModelKind.Generator;
        string usual = isGenerator ? TrainingOptions.DefaultGeneratorRecipe : TrainingOptions.DefaultPredictorRecipe;
        Recipe recipe = RecipeFile.Read(recipes.Find(options.Recipe ?? usual));
        if (isGenerator && recipe.Energy is not null)
        {
            throw new InputException(
                $"Recipe {recipe.Name} has an [energy] part, which is a predictor's. Use `kagome train predictor`, or another recipe.",
                options.Recipe
            );
        }

        return (isGenerator ? recipe : ForPredictor(recipe)) with
        {
            Seed = options.Seed ?? recipe.Seed,
            InitialModel = options.InitialModel ?? recipe.InitialModel,
            Run = recipe.Run with { Steps = options.Steps ?? recipe.Run.Steps },
        };
    }

    /// <summary>A generator's recipe makes a predictor too: the energy head and the paper's energy loss are added.</summary>
    private static Recipe ForPredictor(Recipe recipe) =>
        recipe with
        {
            Energy = recipe.Energy ?? new EnergySettings(),
            Network = recipe.Network with { HasEnergyHead = true },
        };

    private Checkpoint? LoadInitial(Recipe recipe, string? nameOrPath)
    {
        if (nameOrPath is null)
        {
            return null;
        }

        Checkpoint model = models.Load(nameOrPath);
        if (InitialWeights.Problem(recipe, model) is not { } problem)
        {
            return model;
        }

        model.Dispose();
        throw new InputException(
            $"{nameof(TrainingOptions.InitialModel)}: {problem}",
            nameOrPath,
            nameof(TrainingOptions.InitialModel)
        );
    }
}
