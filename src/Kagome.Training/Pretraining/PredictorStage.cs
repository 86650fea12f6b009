using Kagome.Training.Recipes;

namespace Kagome.Training.Pretraining;

/// <summary>How DAO-P is trained, or which one is taken.</summary>
public sealed record PredictorStage
{
    /// <summary>Name or file of a predictor to relax with, in place of training one; null to train one.</summary>
    public string? Model { get; init; }

    public int Steps { get; init; } = 100_000;

    public OptimizerSettings Optimizer { get; init; } = new();

    public EnergySettings Energy { get; init; } = new();

    /// <summary>Whether it starts from stage I's weights, which saves time; the paper's starts from random ones.</summary>
    public bool StartsFromStageOne { get; init; }
}
