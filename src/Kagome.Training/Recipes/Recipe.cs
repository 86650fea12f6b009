using Kagome.Networks.Models;
using Kagome.Processes.Schedules;

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

    public CrysformerConfiguration Network { get; init; } = new();

    public DiffusionConfiguration Process { get; init; } = new();

    /// <summary>What makes it a predictor's recipe; null, without a property, trains a generator.</summary>
    public EnergySettings? Energy { get; init; }

    /// <summary>What makes it the recipe of a property; goes before <see cref="Energy"/>.</summary>
    public PropertySettings? Property { get; init; }

    /// <summary>Name or file of a model whose weights the run starts from; null for random ones.</summary>
    public string? InitialModel { get; init; }

    public OptimizerSettings Optimizer { get; init; } = new();

    public BatchSettings Batches { get; init; } = new();

    public RunSettings Run { get; init; } = new();
}
