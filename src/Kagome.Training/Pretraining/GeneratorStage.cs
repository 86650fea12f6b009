using Kagome.Training.Recipes;

namespace Kagome.Training.Pretraining;

/// <summary>How a generator is trained in one of the stages.</summary>
public sealed record GeneratorStage
{
    public int Steps { get; init; } = 100_000;

    public OptimizerSettings Optimizer { get; init; } = new();
}
