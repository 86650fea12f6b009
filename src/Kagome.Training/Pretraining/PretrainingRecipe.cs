using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;

namespace Kagome.Training;

/// <summary>Everything that decides what the two-stage pretraining computes.</summary>
/// <remarks>Source: the pipeline of DAO (arXiv 2503.10471), A.7.</remarks>
public sealed record PretrainingRecipe
{
    /// <summary>Names the folder, and the models in their provenance.</summary>
    public string Name { get; init; } = "unnamed";

    /// <summary>Draws the initial weights, the order of the batches and all noise, of every stage. Default 42.</summary>
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

    /// <summary>Which crystals are learned from, in every stage.</summary>
    public CrystalLimits Crystals { get; init; } = new();

    /// <summary>The generator's network; the predictor's has an energy head besides.</summary>
    public CrysformerConfiguration Network { get; init; } = new();

    /// <summary>How noise grows, for the generator and the predictor alike. Defaults: the paper's.</summary>
    public DiffusionConfiguration Diffusion { get; init; } = new();

    /// <summary>Where DAO-G's flow starts; null for <see cref="Diffusion"/>, which DAO-P always learns.</summary>
    public FlowConfiguration? Flow { get; init; }

    /// <summary>How many crystals are shown at once, in every stage.</summary>
    public BatchSettings Batches { get; init; } = new();

    /// <summary>What runs have in common; the steps are each stage's own, and sizes and energies are those of <see cref="Crystals"/>.</summary>
    public RunSettings Run { get; init; } = new();

    /// <summary>DAO-G on stable and unstable crystals.</summary>
    public GeneratorStage StageOne { get; init; } = new();

    /// <summary>DAO-P, which relaxes crystals between the two stages.</summary>
    public PredictorStage Predictor { get; init; } = new();

    /// <summary>Which crystals DAO-P relaxes, and how far.</summary>
    public RelaxationStage Relaxation { get; init; } = new();

    /// <summary>How DAO-G learns on, from crystals that DAO-P relaxed.</summary>
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
            Process = Diffusion,
            Network = Network with { HasEnergyHead = true },
            Energy = Predictor.Energy,
        };

    /// <summary>How DAO-G learns on, from crystals that DAO-P relaxed.</summary>
    public Recipe StageTwoRecipe =>
        Generator(FineTuning is null ? Name : $"{Name}-stage-two", StageTwo.Steps, StageTwo.Optimizer);

    /// <summary>How DAO-G is fine-tuned on a benchmark; null where it is not.</summary>
    public Recipe? FineTuningRecipe =>
        FineTuning is { } tuning ? Generator(Name, tuning.Steps, tuning.Optimizer) : null;

    private Recipe Generator(string name, int steps, OptimizerSettings optimizer) =>
        new()
        {
            Name = name,
            Seed = Seed,
            Sources = Sources,
            Network = Network,
            Process = (ProcessConfiguration?)Flow ?? Diffusion,
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

/// <summary>Which crystals are learned from. Defaults: those of the paper's data (A.6).</summary>
public sealed record CrystalLimits
{
    /// <summary>Crystals with fewer atoms in their cell are left out.</summary>
    public int SmallestAtomCount { get; init; } = 3;

    /// <summary>Crystals with more atoms in their cell are left out.</summary>
    public int LargestAtomCount { get; init; } = 30;

    /// <summary>eV/atom; crystals without the label are kept.</summary>
    public double LargestEnergyAboveHull { get; init; } = 1;

    /// <summary>Whether crystals that are the same as one before, or as one of a held-out set, are left out.</summary>
    public bool LeavesOutDuplicates { get; init; } = true;

    /// <summary>Crystals of a shard, which is what is held in memory and redone after an interruption.</summary>
    public int ShardSize { get; init; } = 10_000;
}

/// <summary>How a generator is trained in one of the stages.</summary>
public sealed record GeneratorStage
{
    /// <summary>Optimiser steps, over which the learning rate falls.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>How weights follow gradients; each stage has its own rise and fall of the learning rate.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();
}

/// <summary>How DAO-P is trained, or which one is taken.</summary>
public sealed record PredictorStage
{
    /// <summary>Name or file of a predictor to relax with, in place of training one; null to train one.</summary>
    public string? Model { get; init; }

    /// <summary>Optimiser steps, over which the learning rate falls. Ignored where <see cref="Model"/> is given.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>How weights follow gradients. Ignored where <see cref="Model"/> is given.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>How energies are learned beside the noise; the label also tells which crystals are relaxed.</summary>
    public EnergySettings Energy { get; init; } = new();

    /// <summary>Whether it starts from stage I's weights, which saves time; the paper's starts from random ones.</summary>
    public bool StartsFromStageOne { get; init; }
}

/// <summary>Which crystals DAO-P relaxes before stage II. Defaults: the paper's (A.7 and A.12).</summary>
public sealed record RelaxationStage
{
    /// <summary>Crystals at most this high above the hull are stable, and kept; eV/atom.</summary>
    public double StableUpTo { get; init; } = 0.08;

    /// <summary>Crystals higher above the hull are left as they are; eV/atom.</summary>
    public double RelaxedUpTo { get; init; } = 0.5;

    /// <summary>Steps of L-BFGS.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>Whether a crystal of this label is relaxed.</summary>
    public bool Relaxes(double energyAboveHull) => energyAboveHull > StableUpTo && energyAboveHull <= RelaxedUpTo;
}

/// <summary>How the pretrained generator is fitted to a benchmark or to data of the user's own.</summary>
public sealed record FineTuningStage
{
    /// <summary>Files or folders, from the recipe's folder.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Files or folders; the pretraining's where there is none.</summary>
    public IReadOnlyList<string> Validation { get; init; } = [];

    /// <summary>Optimiser steps, over which the learning rate falls.</summary>
    public int Steps { get; init; } = 100_000;

    /// <summary>How weights follow gradients.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();
}
