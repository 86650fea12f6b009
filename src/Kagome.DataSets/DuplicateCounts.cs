namespace Kagome.DataSets;

/// <summary>The data set, of two, that a crystal is from.</summary>
public enum CrystalSet
{
    /// <summary>The data set that is compared with, such as a benchmark's.</summary>
    Reference,

    /// <summary>The data set that is looked through.</summary>
    Data,
}

/// <summary>The origin of a crystal.</summary>
/// <param name="Id">Its name there.</param>
/// <param name="Set">The data set.</param>
public sealed record CrystalOrigin(string Id, CrystalSet Set);

/// <summary>A crystal that was left out because another is the same.</summary>
/// <param name="Id">The name of the crystal that was left out.</param>
/// <param name="Formula">Its reduced formula.</param>
/// <param name="Of">The crystal that it is the same as.</param>
public sealed record Duplicate(string Id, string Formula, CrystalOrigin Of);

/// <summary>What a search for duplicates came to.</summary>
/// <param name="Crystals">How many crystals were read.</param>
/// <param name="Kept">How many of them were kept.</param>
/// <param name="Duplicates">How many are the same as one before them.</param>
/// <param name="InReference">How many are the same as one of the data sets that were compared with.</param>
public sealed record DuplicateCounts(int Crystals, int Kept, int Duplicates, int InReference);

/// <summary>What two data sets have in common.</summary>
/// <param name="First">Counts of the first data set.</param>
/// <param name="Second">Counts of the second data set.</param>
/// <param name="SharedFormulas">How many reduced formulas both hold.</param>
public sealed record SharedCrystals(SharedCounts First, SharedCounts Second, int SharedFormulas)
{
    internal static SharedCrystals Sum(SharedCrystals left, SharedCrystals right) =>
        new(
            SharedCounts.Sum(left.First, right.First),
            SharedCounts.Sum(left.Second, right.Second),
            left.SharedFormulas + right.SharedFormulas
        );
}

/// <summary>What one data set has in common with another.</summary>
/// <param name="Crystals">How many crystals it holds.</param>
/// <param name="SharedCrystals">How many of them the other holds too, by the matcher.</param>
/// <param name="Formulas">How many different reduced formulas it holds.</param>
public sealed record SharedCounts(int Crystals, int SharedCrystals, int Formulas)
{
    internal static SharedCounts Sum(SharedCounts left, SharedCounts right) =>
        new(left.Crystals + right.Crystals, left.SharedCrystals + right.SharedCrystals, left.Formulas + right.Formulas);
}
