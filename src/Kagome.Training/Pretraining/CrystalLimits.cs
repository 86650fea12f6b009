namespace Kagome.Training.Pretraining;

/// <summary>Which crystals are learned from. Defaults: those of the paper's data (A.6).</summary>
public sealed record CrystalLimits
{
    public int SmallestAtomCount { get; init; } = 3;

    public int LargestAtomCount { get; init; } = 30;

    /// <summary>eV/atom; crystals without the label are kept.</summary>
    public double LargestEnergyAboveHull { get; init; } = 1;

    /// <summary>Whether crystals that are the same as one before, or as one of a held-out set, are left out.</summary>
    public bool LeavesOutDuplicates { get; init; } = true;

    /// <summary>Crystals of a shard, which is what is held in memory and redone after an interruption.</summary>
    public int ShardSize { get; init; } = 10_000;
}
