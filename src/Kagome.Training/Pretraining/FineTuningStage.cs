using Kagome.Training.Recipes;

namespace Kagome.Training.Pretraining;

/// <summary>How the pretrained generator is fitted to a benchmark or to data of the user's own.</summary>
public sealed record FineTuningStage
{
    /// <summary>Files or folders, from the recipe's folder.</summary>
    public IReadOnlyList<string> Data { get; init; } = [];

    /// <summary>Files or folders; the pretraining's where there is none.</summary>
    public IReadOnlyList<string> Validation { get; init; } = [];

    public int Steps { get; init; } = 100_000;

    public OptimizerSettings Optimizer { get; init; } = new();
}
