using System.Diagnostics;
using Kagome.Checkpoints;
using Kagome.Networks.Layers;
using Kagome.Networks.Models;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Schedules;
using Kagome.Training.Data;
using Kagome.Training.Optimization;
using Kagome.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Loops;

/// <summary>Trains a model by a recipe: the network, its optimizer and the place in the plan.</summary>
/// <remarks>
/// The state is the weights and how many steps were taken. The order of batches and all noise are functions of the seed and the step,
/// so that a run which is stopped anywhere and resumed takes the very same steps as one that was not.
/// </remarks>
public sealed class TrainingRun : IDisposable
{
    private readonly TrainingSet crystals;
    private readonly BatchPlan plan;
    private readonly GradientWorker[] workers;
    private readonly Validator? validator;
    private readonly WeightOptimizer optimizer;

    /// <param name="recipe">What to do.</param>
    /// <param name="crystals">To learn from.</param>
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

            if (recipe.Property is { } property)
            {
                TrainableWeights.Choose(network, property);
            }

            network.to(device);
            return network;
        }

        Schedules = NoiseSchedules.Compute(recipe.Process);
        LabelScaler = Scaler(recipe, crystals);
        ITrainingObjective objective = Objective(recipe, recipe.Batches.ShiftOrigin);
        workers =
        [
            .. Enumerable.Range(0, recipe.Run.Workers).Select(_ => new GradientWorker(NewNetwork(), objective, device)),
        ];
        plan = new BatchPlan(crystals.Count, crystals.AtomTotal, recipe.Batches, recipe.Seed);
        validator = validation is { Count: > 0 }
            ? new Validator(
                validation,
                Objective(recipe with { Energy = recipe.Energy is { } e ? e with { CleanShare = 0 } : null }, false),
                LabelScaler,
                recipe.Batches,
                recipe.Run.ValidationCrystals,
                device
            )
            : null;
        optimizer = new WeightOptimizer([.. workers.Select(worker => worker.Network)], recipe.Optimizer);
        DataFingerprint = crystals.Fingerprint;
    }

    /// <summary>As it was given, with the number of workers and the precision where it left them open.</summary>
    public Recipe Recipe { get; }

    /// <summary>Name and checksum of the model it started from; null for random weights.</summary>
    public string? InitialModel { get; }

    public Crysformer Network => workers[0].Network;

    public NoiseSchedules Schedules { get; }

    /// <summary>Of the labels; null where the recipe learns none.</summary>
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
        BatchIndices[] parts = batch.Split(workers.Length);
        LossValues[] losses = new LossValues[parts.Length];
        Parallel.For(
            0,
            parts.Length,
            part =>
            {
                double share = (double)parts[part].Crystals.Length / batch.Crystals.Length;
                long noiseSeed = RandomSeed.Mix(RandomSeed.Mix(Recipe.Seed, StepsTaken), part);
                losses[part] = workers[part].Accumulate(crystals, parts[part], share, noiseSeed);
            }
        );
        LossValues loss = losses.Aggregate((sum, part) => sum + part);
        if (!double.IsFinite(loss.Total))
        {
            throw new TrainingDivergedException(StepsTaken + 1, crystals.Ids(batch), loss.Total);
        }

        set_num_threads(workers.Length); // the workers rest: their threads are for the optimizer's long vectors
        double rate = LearningRateSchedule.At(StepsTaken, Recipe.Run.Steps, Recipe.Optimizer);
        if (!optimizer.Step(rate, StepsTaken))
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
        validator is null ? null : optimizer.WithAverage(() => validator.Measure(Network));

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
        foreach ((string name, Tensor buffer) in workers.SelectMany(worker => KeptTensors(worker.Network)))
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
        optimizer.Dispose();
        Array.ForEach(workers, worker => worker.Network.Dispose());
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

    private ITrainingObjective Objective(Recipe recipe, bool shiftOrigin)
    {
        if (recipe.Property is not null)
        {
            return new PropertyObjective(LabelScaler!);
        }

        DiffusionProcess process = new(Schedules);
        return recipe.Energy is { } energy
            ? new EnergyObjective(
                process,
                energy,
                LabelScaler!,
                (double)crystals.Labels.Count() / crystals.Count,
                shiftOrigin
            )
            : new DiffusionObjective(process, shiftOrigin);
    }

    private static LabelScaler? Scaler(Recipe recipe, TrainingSet crystals)
    {
        if (recipe.Property is { } property)
        {
            string unit = property.Log ? $"ln {property.Unit}" : property.Unit;
            return LabelScaler.Of([.. crystals.Labels], property.Label, unit);
        }

        if (recipe.Energy is not { } energy)
        {
            return null;
        }

        string name = energy.Label == EnergyLabel.Name ? EnergyLabel.Meaning : energy.Label;
        return LabelScaler.Of([.. crystals.Labels], name, EnergyLabel.Unit);
    }

    private static Recipe Resolve(Recipe recipe, Device device)
    {
        int usual = device.type == DeviceType.CPU ? Environment.ProcessorCount : 1;
        int chosen = recipe.Run.Workers > 0 ? recipe.Run.Workers : usual;
        ProductPrecision precision = recipe.Run.Precision.On(device);
        return recipe with { Run = recipe.Run with { Workers = chosen, Precision = precision } };
    }
}
