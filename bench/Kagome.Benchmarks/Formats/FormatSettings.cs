namespace Kagome.Benchmarks.Formats;

/// <summary>What `kagome bench formats` measures.</summary>
internal sealed record FormatSettings
{
    public int CrystalCount { get; init; } = 500;

    public int AtomCount { get; init; } = 20;

    public int Repetitions { get; init; } = 9;

    /// <summary>Of each measurement.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(1);

    public long Seed { get; init; } = 1;

    public FormatSettings Quick() => this with { Repetitions = 3, CrystalCount = 200 };
}
