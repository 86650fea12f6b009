using System.Diagnostics;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using Kagome.Training.Data;
using Kagome.Training.Distributed;
using Kagome.Training.Optimization;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
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
    private readonly NetworkCopies copies;
    private readonly Validator? validator;
    private readonly WeightOptimizer optimizer;
    private readonly GradientExchange? exchange; // null for a process alone

    /// <param name="recipe">What to do.</param>
    /// <param name="crystals">What to learn from.</param>
    /// <param name="validation">Held out; null or empty to validate on nothing.</param>
    /// <param name="elementTable">[atomic numbers, features]; copied.</param>
    /// <param name="device">Where to compute; the CPU by default.</param>
    /// <param name="initial">A model to start from; null for random weights.</param>
    /// <param name="group">The processes that train together; null for this one alone.</param>
    /// <param name="savedParts">Parts of a batch in the run that is gone on with, for recipes that leave them open; 0 for none.</param>
    /// <exception cref="ArgumentException">No crystal has the label to learn, or the model does not fit the recipe.</exception>
    public TrainingRun(
        Recipe recipe,
        TrainingSet crystals,
        TrainingSet? validation,
        Tensor elementTable,
        Device? device = null,
        Checkpoint? initial = null,
        IProcessGroup? group = null,
        int savedParts = 0
    )
    {
        device ??= CPU;
        Group = group ?? SingleProcess.Group;
        int cores = device.type == DeviceType.CPU ? Environment.ProcessorCount : 1;
        Sharing = BatchSharing.Of(Group, recipe.Run.Workers, savedParts, cores);
        recipe = Resolve(recipe, device, Sharing.Parts);
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

        Schedules = recipe.Diffusion is { } diffusion ? NoiseSchedules.Compute(diffusion) : null;
        LabelScaler = recipe.Task.Scaler([.. crystals.Labels]);
        copies = new NetworkCopies(Sharing, NewNetwork, Objective(recipe.Task, recipe.Batches.ShiftOrigin), device);
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
        bool isRounded = recipe.Run.Precision == ProductPrecision.BFloat16;
        ScalarType factors = isRounded ? ScalarType.BFloat16 : ScalarType.Float32;
        optimizer = new WeightOptimizer(copies.All, recipe.Optimizer, copies.Threads, Group, factors);
        exchange = Group.HasOthers() ? new GradientExchange(Group, optimizer.WeightCount) : null;
        DataFingerprint = crystals.Fingerprint;
    }

    /// <summary>The processes that train together.</summary>
    public IProcessGroup Group { get; }

    /// <summary>Who does which part of a batch.</summary>
    public BatchSharing Sharing { get; }

    /// <summary>What processes together want to be done after the last step; null for a process alone, which needs no one's consent.</summary>
    public StepRequests? Agreed { get; private set; }

    /// <summary>The recipe as it was given, with the number of workers and the precision where it left them open.</summary>
    public Recipe Recipe { get; }

    /// <summary>Name and checksum of the model it started from; null for random weights.</summary>
    public string? InitialModel { get; }

    public Crysformer Network => copies.First;

    /// <summary>The noise of diffusion; null for a flow.</summary>
    public NoiseSchedules? Schedules { get; }

    /// <summary>The scale of the labels; null where the recipe learns none.</summary>
    public LabelScaler? LabelScaler { get; }

    /// <summary>Tells this run's crystals from others.</summary>
    public string DataFingerprint { get; }

    /// <summary>Steps taken.</summary>
    public int StepsTaken { get; private set; }

    /// <summary>Wall time spent in steps, over all sessions of the run.</summary>
    public TimeSpan TimeTrained { get; private set; }

    public bool IsDone => StepsTaken >= Recipe.Run.Steps;

    /// <summary>Takes one step, together with the other processes.</summary>
    /// <param name="requests">What this process wants to be done after the step; heard where there are others.</param>
    /// <exception cref="TrainingDivergedException">The loss is not finite; the weights are as before. In all processes alike.</exception>
    public TrainingStep Step(StepRequests requests = default)
    {
        long start = Stopwatch.GetTimestamp();
        BatchIndices batch = plan[StepsTaken];
        LossValues loss = copies.Accumulate(crystals, batch, RandomSeed.Mix(Recipe.Seed, StepsTaken));
        bool AddOthers(Tensor gradient)
        {
            (loss, Agreed) = exchange!.Sum(gradient, loss, requests);
            return double.IsFinite(loss.Total);
        }

        double rate = LearningRateSchedule.At(StepsTaken, Recipe.Run.Steps, Recipe.Optimizer);
        bool isFinite = exchange is not null || double.IsFinite(loss.Total);
        if (
            !isFinite || !copies.OnAllCores(() => optimizer.Step(rate, StepsTaken, exchange is null ? null : AddOthers))
        )
        {
            double total = double.IsFinite(loss.Total) ? double.NaN : loss.Total;
            throw new TrainingDivergedException(StepsTaken + 1, crystals.Ids(batch), total);
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
        validator is null
            ? null
            : copies.OnAllCores(() => optimizer.WithAverage(() => validator.Measure(Network, Group)));

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
        optimizer.SaveState().Concat(KeptTensors.Of(Network)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="ArgumentException">A tensor is missing or of another size.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> tensors, int stepsTaken, TimeSpan timeTrained)
    {
        optimizer.LoadState(tensors, stepsTaken);
        foreach (Crysformer network in copies.All)
        {
            KeptTensors.Load(network, tensors);
        }

        (StepsTaken, TimeTrained) = (stepsTaken, timeTrained);
    }

    public void Dispose()
    {
        copies.Dispose();
        optimizer.Dispose();
        exchange?.Dispose();
    }

    private ITrainingObjective Objective(TrainingTask task, bool shiftOrigin) =>
        task.Objective(
            Recipe.Flow is { } flow ? new FlowProcess(flow) : new DiffusionProcess(Schedules!),
            LabelScaler,
            (double)crystals.Labels.Count() / crystals.Count,
            shiftOrigin
        );

    private static Recipe Resolve(Recipe recipe, Device device, int parts) =>
        recipe with
        {
            Run = recipe.Run with { Workers = parts, Precision = recipe.Run.Precision.On(device) },
        };
}
