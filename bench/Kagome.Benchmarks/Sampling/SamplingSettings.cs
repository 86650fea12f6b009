namespace Kagome.Benchmarks.Sampling;

/// <summary>What `kagome bench sampling` measures.</summary>
internal sealed record SamplingSettings
{
    public string Model { get; init; } = "kagome-g";

    /// <summary>A cell of nine atoms.</summary>
    public string Formula { get; init; } = "K2PtCl6";

    /// <summary>Structures, as `kagome predict` makes by default.</summary>
    public int Samples { get; init; } = 20;

    /// <summary>Moves of the run that is timed as a whole: those of a prediction by diffusion.</summary>
    public int Steps { get; init; } = 250;

    /// <summary>Moves of each of the two runs of a pair.</summary>
    public int PairedSteps { get; init; } = 10;

    /// <summary>Moves over which memory is watched.</summary>
    public int WatchedSteps { get; init; } = 1000;

    public int Repetitions { get; init; } = 5;

    public long Seed { get; init; } = 1;

    /// <summary>Fewer moves, from which the whole is extrapolated.</summary>
    public SamplingSettings Quick() => this with { Steps = 50, PairedSteps = 4, WatchedSteps = 200, Repetitions = 3 };
}
