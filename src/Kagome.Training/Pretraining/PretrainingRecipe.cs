using Kagome.Networks.Models;
using Kagome.Processes.Schedules;
using Kagome.Training.Recipes;

namespace Kagome.Training.Pretraining;

/// <summary>Everything that decides what the two-stage pretraining computes.</summary>
/// <remarks>Source: the pipeline of DAO (arXiv 2503.10471), A.7.</remarks>
public sealed record PretrainingRecipe
{
    /// <summary>Names the folder, and the models in their provenance.</summary>
    public string Name { get; init; } = "unnamed";

    public long Seed { get; init; } = 42;

    /// <summary>Files or folders to learn from, from the recipe's folder.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Files or folders to validate on; without any, a share of the formulas is held out.</summary>
    public IReadOnlyList<string> Validation { get; init; } = [];

    /// <summary>Benchmark sets: crystals that occur there are not learned from.</summary>
    public IReadOnlyList<string> HeldOut { get; init; } = [];

    /// <summary>What the data is and under which licence.</summary>
    public IReadOnlyList<RecipeSource>? Sources { get; init; }

    /// <summary>A model that stage I starts from; null for random weights.</summary>
    public string? InitialModel { get; init; }

    public CrystalLimits Crystals { get; init; } = new();

    /// <summary>Of the generator; the predictor's has an energy head besides.</summary>
    public CrysformerConfiguration Network { get; init; } = new();

    public DiffusionConfiguration Process { get; init; } = new();

    public BatchSettings Batches { get; init; } = new();

    /// <summary>Of every stage; the steps are each stage's own, and sizes and energies are those of <see cref="Crystals"/>.</summary>
    public RunSettings Run { get; init; } = new();

    public GeneratorStage StageOne { get; init; } = new();

    public PredictorStage Predictor { get; init; } = new();

    public RelaxationStage Relaxation { get; init; } = new();

    public GeneratorStage StageTwo { get; init; } = new();

    /// <summary>Null to end with stage II.</summary>
    public FineTuningStage? FineTuning { get; init; }

    /// <summary>DAO-G on stable and unstable crystals.</summary>
    public Recipe StageOneRecipe =>
        Generator($"{Name}-stage-one", StageOne.Steps, StageOne.Optimizer) with
        {
            InitialModel = InitialModel,
        };

    /// <summary>DAO-P on the same.</summary>
    public Recipe PredictorRecipe =>
        Generator($"{Name}-predictor", Predictor.Steps, Predictor.Optimizer) with
        {
            Network = Network with { HasEnergyHead = true },
            Energy = Predictor.Energy,
        };

    /// <summary>DAO-G on, on crystals that DAO-P relaxed.</summary>
    public Recipe StageTwoRecipe =>
        Generator(FineTuning is null ? Name : $"{Name}-stage-two", StageTwo.Steps, StageTwo.Optimizer);

    /// <summary>DAO-G on, on a benchmark; null where there is none.</summary>
    public Recipe? FineTuningRecipe =>
        FineTuning is { } tuning ? Generator(Name, tuning.Steps, tuning.Optimizer) : null;

    private Recipe Generator(string name, int steps, OptimizerSettings optimizer) =>
        new()
        {
            Name = name,
            Seed = Seed,
            Sources = Sources,
            Network = Network,
            Process = Process,
            Batches = Batches,
            Optimizer = optimizer,
            Run = Run with
            {
                Steps = steps,
                LargestAtomCount = Crystals.LargestAtomCount,
                LargestEnergyAboveHull = Crystals.LargestEnergyAboveHull,
            },
        };
}
