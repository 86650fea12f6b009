using Kagome.Networks;
using Kagome.Networks.Layers;
using Kagome.Processes;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using Kagome.Training.Tasks;
using Tomlyn.Serialization;

namespace Kagome.Training.Recipes;

/// <summary>Everything that decides what a training run computes, apart from its data.</summary>
public sealed record Recipe
{
    /// <summary>Names the run's folder and, in the model's provenance, its origin.</summary>
    public string Name { get; init; } = "unnamed";

    /// <summary>Draws the initial weights, the order of the batches and all noise.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>What the data is and under which licence: kept in the model, and not part of what is computed.</summary>
    public IReadOnlyList<RecipeSource>? Sources { get; init; }

    /// <summary>The shape of the network. A generator or predictor that starts from <see cref="InitialModel"/> needs that model's; a property takes it from there.</summary>
    public CrysformerConfiguration Network { get; init; } = new();

    /// <summary>What the network learns to walk. Default: the paper's diffusion. In files, the table [diffusion] or [flow] says it.</summary>
    [TomlIgnore]
    public ProcessConfiguration Process { get; init; } = new DiffusionConfiguration();

    /// <summary>How noise grows with t; null for a flow.</summary>
    public DiffusionConfiguration? Diffusion
    {
        get => Process as DiffusionConfiguration;
        init => Process = value ?? Process;
    }

    /// <summary>Where a flow starts; null for diffusion.</summary>
    public FlowConfiguration? Flow
    {
        get => Process as FlowConfiguration;
        init => Process = value ?? Process;
    }

    /// <summary>What is learned. Default: to generate. In files, the table [energy] or [property] says it.</summary>
    [TomlIgnore]
    public TrainingTask Task { get; init; } = new LearnToGenerate();

    /// <summary>How energies are learned; null where they are not.</summary>
    public EnergySettings? Energy
    {
        get => (Task as LearnEnergies)?.Settings;
        init =>
            Task =
                value is not null ? new LearnEnergies(value)
                : Task is LearnEnergies ? new LearnToGenerate()
                : Task;
    }

    /// <summary>How a property is learned; null where none is.</summary>
    public PropertySettings? Property
    {
        get => (Task as LearnProperty)?.Settings;
        init =>
            Task =
                value is not null ? new LearnProperty(value)
                : Task is LearnProperty ? new LearnToGenerate()
                : Task;
    }

    /// <summary>Name or file of a model whose weights the run starts from; null for random ones.</summary>
    public string? InitialModel { get; init; }

    /// <summary>How weights follow gradients.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>How many crystals are shown at once.</summary>
    public BatchSettings Batches { get; init; } = new();

    /// <summary>How long the run takes, which crystals it leaves out, and how it is done.</summary>
    public RunSettings Run { get; init; } = new();
}

/// <summary>A data set that a recipe is meant for.</summary>
public sealed record RecipeSource
{
    /// <summary>What people call the data set, such as MP-20.</summary>
    public string Name { get; init; } = "";

    /// <summary>An SPDX identifier where there is one.</summary>
    public string License { get; init; } = "";

    /// <summary>The attribution that its owners ask for.</summary>
    public string Attribution { get; init; } = "";
}

/// <summary>How weights follow gradients. Defaults are the paper's (A.13 of its supplement) where it states them.</summary>
public sealed record OptimizerSettings
{
    /// <summary>Adam's largest step. Above 0.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>How many times Adam's rate weight matrices have, moved by Muon; 0, as in the paper, leaves them to Adam.</summary>
    public double MuonFactor { get; init; }

    /// <summary>What the cosine ends at.</summary>
    public double FinalLearningRate { get; init; } = 1e-6;

    /// <summary>Steps over which the rate rises from a thousandth to its largest.</summary>
    public int WarmUpSteps { get; init; } = 500;

    /// <summary>Added to the gradient, times the weight; 0 where Muon moves weights.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Bound of each gradient entry; 0 for none.</summary>
    public double ClipValue { get; init; } = 0.5;

    /// <summary>Bound of the whole gradient's length; 0 for none.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Decay per step of the moving average of the weights, which is what a model is shipped with; 0 for none.</summary>
    public double AverageDecay { get; init; } = 0.999;
}

/// <summary>How many crystals are shown at once.</summary>
public sealed record BatchSettings
{
    /// <summary>Atoms of a batch, on average over an epoch at most.</summary>
    public int Atoms { get; init; } = 1024;

    /// <summary>Most crystals of a batch.</summary>
    public int Crystals { get; init; } = 256;

    /// <summary>Whether each crystal's origin is moved at random every time that it is shown.</summary>
    public bool ShiftOrigin { get; init; } = true;
}

/// <summary>How long a run takes and what it reports.</summary>
public sealed record RunSettings
{
    /// <summary>Steps in all, over which the learning rate falls.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>Crystals with more atoms are left out.</summary>
    public int LargestAtomCount { get; init; } = 20;

    /// <summary>Crystals higher above the hull (eV/atom, where labelled) are left out.</summary>
    public double LargestEnergyAboveHull { get; init; } = double.PositiveInfinity;

    /// <summary>Share of the formulas held out to validate on where no validation file is given.</summary>
    public double ValidationShare { get; init; } = 0.02;

    /// <summary>Most crystals validated on.</summary>
    public int ValidationCrystals { get; init; } = 512;

    /// <summary>Steps between validations; 0 for none.</summary>
    public int ValidateEvery { get; init; } = 1000;

    /// <summary>Minutes between checkpoints.</summary>
    public double CheckpointMinutes { get; init; } = 3;

    /// <summary>Parts of each batch, on a copy of the network and a thread each; 0 for one a core, of all processes that share the run.</summary>
    /// <remarks>
    /// Changes a run's numbers by the noise that each part draws. Several processes share the parts, which changes rounding only; one with fewer cores than
    /// parts does several in a row on a copy. A run that is gone on with keeps the parts that it began with.
    /// </remarks>
    public int Workers { get; init; }

    /// <summary>The numbers in which large matrix products are made. Default: bfloat16 where the device has it. Changes a run's numbers by rounding.</summary>
    public ProductPrecision Precision { get; init; } = ProductPrecision.Auto;
}
