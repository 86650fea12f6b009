namespace Kagome.Benchmarks.Training;

/// <summary>What `kagome bench training` measures.</summary>
internal sealed record TrainingSettings
{
    /// <summary>Name or file: the network's shape, the batches and the optimizer.</summary>
    public string Recipe { get; init; } = "kagome-g";

    /// <summary>Sizes of the crystals, as many atoms of each.</summary>
    public IReadOnlyList<int> AtomCounts { get; init; } = [4, 8, 12, 16, 20];

    /// <summary>Atoms of crystals of each size; null for a full batch of the recipe.</summary>
    public int? AtomsOfSize { get; init; }

    /// <summary>The literal form sees one in so many of the crystals: it is that much slower.</summary>
    public int LiteralDivisor { get; init; } = 4;

    /// <summary>Most pairs of atoms in a batch of the literal form, whose memory grows with them.</summary>
    public int LiteralBatchPairs { get; init; } = 2000;

    /// <summary>Steps over which memory is watched.</summary>
    public int WatchedSteps { get; init; } = 100;

    public int Repetitions { get; init; } = 5;

    public int Workers { get; init; } = Environment.ProcessorCount;

    public long Seed { get; init; } = 1;

    public TrainingSettings Quick() => this with { Repetitions = 3, WatchedSteps = 10, LiteralDivisor = 8 };
}
