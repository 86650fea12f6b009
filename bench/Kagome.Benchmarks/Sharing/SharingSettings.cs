namespace Kagome.Benchmarks.Sharing;

/// <summary>What `kagome bench sharing` measures.</summary>
internal sealed record SharingSettings
{
    /// <summary>Predicted in turn.</summary>
    public IReadOnlyList<string> Formulas { get; init; } = ["NaCl", "MgO", "SrTiO3", "TiO2", "GaAs"];

    /// <summary>Predictions of a round.</summary>
    public int Predictions { get; init; } = 100;

    /// <summary>Callers that share the predictor.</summary>
    public int Callers { get; init; } = 10;

    /// <summary>Samples of each prediction.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>Moves of the sampler.</summary>
    public int Steps { get; init; } = 10;

    public int Repetitions { get; init; } = 5;

    /// <summary>Predictions during which memory is watched.</summary>
    public int WatchedPredictions { get; init; } = 1000;

    public long Seed { get; init; } = 1;

    public SharingSettings Quick() => this with { Predictions = 50, Repetitions = 3, WatchedPredictions = 200 };
}
