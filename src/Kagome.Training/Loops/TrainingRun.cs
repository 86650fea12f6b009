using System.Diagnostics;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Schedules;
using Kagome.Training.Data;
using Kagome.Training.Optimization;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
using Kagome.Work;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>Trains a model by a recipe: the network, its optimizer and the place in the plan.</summary>
/// <remarks>
/// The state is the weights and how many steps were taken. The order of batches and all noise are functions of the seed and the step,
/// so that a run which is stopped anywhere and resumed takes the very same steps as one that was not.
/// </remarks>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingSet crystals;
    private readonly BatchPlan plan;
    private readonly GradientWorker[] copies;
    private readonly Validator? validator;
    private readonly WorkerThreads workers;
    private readonly WorkerThreads whole; // one thread that takes all cores of the workers, for what is done while they rest
    private readonly WeightOptimizer optimizer;

    /// <param name="recipe">What to do.</param>
    /// <param name="crystals">What to learn from.</param>
    /// <param name="validation">Held out; null or empty to validate on nothing.</param>
    /// <param name="elementTable">[atomic numbers, features]; copied.</param>
    /// <param name="device">Where to compute; the CPU by default.</param>
    /// <param name="initial">A model to start from; null for random weights.</param>
    /// <exception cref="ArgumentException">No crystal has the label to learn, or the model does not fit the recipe.</exception>
    public TrainingRun(
        Recipe recipe,
        TrainingSet crystals,
        TrainingSet? validation,
        Tensor elementTable,
        Device? device = null,
        Checkpoint? initial = null
    )
    {
        device ??= CPU;
        recipe = Resolve(recipe, device);
        (Recipe, this.crystals) = (recipe, crystals);
        InitialModel = initial is null ? null : $"{initial.Provenance.Name}, sha256 {initial.Checksum}";
        Crysformer NewNetwork()
        {
            using Generator generator = new((ulong)RandomSeed.Mix(recipe.Seed, stream: -1));
            Crysformer network = new(recipe.Network, elementTable, generator) { Precision = recipe.Run.Precision };
            if (initial is not null)
            {
                InitialWeights.Copy(network, initial, LabelScaler);
            }

            recipe.Task.Freeze(network);
            network.to(device);
            return network;
        }

        Schedules = NoiseSchedules.Compute(recipe.Process);
        LabelScaler = recipe.Task.Scaler([.. crystals.Labels]);
        workers = new WorkerThreads(recipe.Run.Workers);
        whole = new WorkerThreads(1, recipe.Run.Workers);
        ITrainingObjective objective = Objective(recipe.Task, recipe.Batches.ShiftOrigin);
        copies =
        [
            .. Enumerable.Range(0, recipe.Run.Workers).Select(_ => new GradientWorker(NewNetwork(), objective, device)),
        ];
        plan = new BatchPlan(crystals.Count, crystals.AtomTotal, recipe.Batches, recipe.Seed);
        validator = validation is { Count: > 0 }
            ? new Validator(
                validation,
                Objective(recipe.Task.Validation, shiftOrigin: false),
                LabelScaler,
                recipe.Batches,
                recipe.Run.ValidationCrystals,
                device
            )
            : null;
        optimizer = new WeightOptimizer([.. copies.Select(copy => copy.Network)], recipe.Optimizer, workers);
        DataFingerprint = crystals.Fingerprint;
    }

    /// <summary>The recipe as it was given, with the number of workers and the precision where it left them open.</summary>
    public Recipe Recipe { get; }

    /// <summary>Name and checksum of the model it started from; null for random weights.</summary>
    public string? InitialModel { get; }

    public Crysformer Network => copies[0].Network;

    public NoiseSchedules Schedules { get; }

    /// <summary>The scale of the labels; null where the recipe learns none.</summary>
    public LabelScaler? LabelScaler { get; }

    /// <summary>Tells this run's crystals from others.</summary>
    public string DataFingerprint { get; }

    /// <summary>Steps taken.</summary>
    public int StepsTaken { get; private set; }

    /// <summary>Wall time spent in steps, over all sessions of the run.</summary>
    public TimeSpan TimeTrained { get; private set; }

    public bool IsDone => StepsTaken >= Recipe.Run.Steps;

    /// <summary>Takes one step.</summary>
    /// <exception cref="TrainingDivergedException">The loss is not finite; the weights are as before.</exception>
    public TrainingStep Step()
    {
        long start = Stopwatch.GetTimestamp();
        BatchIndices batch = plan[StepsTaken];
        BatchIndices[] parts = batch.Split(copies.Length);
        LossValues loss = workers
            .Run(
                [.. Enumerable.Range(0, parts.Length)],
                (part, _) =>
                {
                    double share = (double)parts[part].Crystals.Length / batch.Crystals.Length;
                    long noiseSeed = RandomSeed.Mix(RandomSeed.Mix(Recipe.Seed, StepsTaken), part);
                    return copies[part].Accumulate(crystals, parts[part], share, noiseSeed);
                }
            )
            .Aggregate((sum, part) => sum + part);
        if (!double.IsFinite(loss.Total))
        {
            throw new TrainingDivergedException(StepsTaken + 1, crystals.Ids(batch), loss.Total);
        }

        double rate = LearningRateSchedule.At(StepsTaken, Recipe.Run.Steps, Recipe.Optimizer);
        if (!OnAllCores(() => optimizer.Step(rate, StepsTaken)))
        {
            throw new TrainingDivergedException(StepsTaken + 1, crystals.Ids(batch), double.NaN);
        }

        StepsTaken++;
        TimeTrained += Stopwatch.GetElapsedTime(start);
        return new TrainingStep(
            StepsTaken,
            Recipe.Run.Steps,
            (double)StepsTaken / plan.StepsPerEpoch,
            loss.Lattice,
            loss.Coordinates,
            rate,
            batch.Crystals.Length,
            loss.Energy
        );
    }

    /// <summary>Losses of the averaged weights on the held-out crystals; null where there are none.</summary>
    public ValidationLosses? Validate() =>
        validator is null ? null : OnAllCores(() => optimizer.WithAverage(() => validator.Measure(Network)));

    /// <summary>A copy of the averaged weights and buffers, by name: what a model is shipped with.</summary>
    public IReadOnlyDictionary<string, Tensor> AveragedWeights()
    {
        using DisposeScope scope = NewDisposeScope();
        return optimizer.WithAverage(() =>
            Network
                .state_dict()
                .ToDictionary(
                    pair => pair.Key,
                    pair => pair.Value.detach().clone().MoveToOuterDisposeScope(),
                    StringComparer.Ordinal
                )
        );
    }

    /// <summary>The optimizer's and the network's own tensors, for a checkpoint to resume from.</summary>
    public IReadOnlyDictionary<string, Tensor> SaveState() =>
        optimizer.SaveState().Concat(KeptTensors(Network)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="ArgumentException">A tensor is missing or of another size.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> tensors, int stepsTaken, TimeSpan timeTrained)
    {
        optimizer.LoadState(tensors, stepsTaken);
        using IDisposable noGradient = no_grad();
        foreach ((string name, Tensor buffer) in copies.SelectMany(copy => KeptTensors(copy.Network)))
        {
            if (!tensors.TryGetValue(name, out Tensor? saved) || !saved.shape.SequenceEqual(buffer.shape))
            {
                throw new ArgumentException(
                    $"Tensor '{name}' is missing or of another size; expected shape [{string.Join(", ", buffer.shape)}]."
                );
            }

            buffer.copy_(saved); // the element table and frozen weights: a run keeps those that it began with
        }

        (StepsTaken, TimeTrained) = (stepsTaken, timeTrained);
    }

    public void Dispose()
    {
        workers.Dispose();
        whole.Dispose();
        optimizer.Dispose();
        Array.ForEach(copies, copy => copy.Network.Dispose());
    }

    /// <summary>What the optimizer does not hold: buffers, and weights that are not trained.</summary>
    private static IEnumerable<KeyValuePair<string, Tensor>> KeptTensors(Crysformer network) =>
        network
            .named_buffers()
            .Select(pair => KeyValuePair.Create(pair.name, pair.buffer))
            .Concat(
                network
                    .named_parameters()
                    .Where(pair => !pair.parameter.requires_grad)
                    .Select(pair => KeyValuePair.Create(pair.name, (Tensor)pair.parameter))
            );

    private ITrainingObjective Objective(TrainingTask task, bool shiftOrigin) =>
        task.Objective(
            new DiffusionProcess(Schedules),
            LabelScaler,
            (double)crystals.Labels.Count() / crystals.Count,
            shiftOrigin
        );

    private T OnAllCores<T>(Func<T> work) => whole.Run([work], (only, _) => only())[0];

    private static Recipe Resolve(Recipe recipe, Device device)
    {
        int usual = device.type == DeviceType.CPU ? Environment.ProcessorCount : 1;
        int chosen = recipe.Run.Workers > 0 ? recipe.Run.Workers : usual;
        ProductPrecision precision = recipe.Run.Precision.On(device);
        return recipe with { Run = recipe.Run with { Workers = chosen, Precision = precision } };
    }
}
