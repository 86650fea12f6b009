using Kagome.Training.Recipes;

namespace Kagome.Training.Pretraining;

/// <summary>How DAO-P is trained.</summary>
public sealed record PredictorStage
{
    public int Steps { get; init; } = 100_000;

    public OptimizerSettings Optimizer { get; init; } = new();

    public EnergySettings Energy { get; init; } = new();

    /// <summary>Whether it starts from stage I's weights, which saves time; the paper's starts from random ones.</summary>
    public bool StartsFromStageOne { get; init; }
}
