namespace Kagome.Benchmarks.Matching;

/// <summary>What `kagome bench matching` measures.</summary>
internal sealed record MatchingSettings
{
    /// <summary>Sizes of the crystals.</summary>
    public IReadOnlyList<int> AtomCounts { get; init; } = [4, 8, 12, 20];

    /// <summary>Crystals of each size; all pairs of a size are compared.</summary>
    public int CrystalsOfSize { get; init; } = 24;

    public int Repetitions { get; init; } = 9;

    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Of each measurement.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    public long Seed { get; init; } = 1;

    public MatchingSettings Quick() => this with { Repetitions = 3 };
}
