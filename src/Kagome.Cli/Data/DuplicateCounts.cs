using Kagome.DataSets.Duplicates;

namespace Kagome.Cli.Data;

/// <summary>What a search for duplicates came to.</summary>
internal sealed record DuplicateCounts
{
    /// <summary>That were read.</summary>
    public int Crystals { get; init; }

    /// <summary>Of these.</summary>
    public int Kept { get; init; }

    /// <summary>The same as one before.</summary>
    public int Duplicates { get; init; }

    /// <summary>The same as one of the data sets that were compared with.</summary>
    public int InReference { get; init; }

    public DuplicateCounts With(Duplicate duplicate) =>
        duplicate.Of.Set == CrystalSet.Reference
            ? this with
            {
                InReference = InReference + 1,
            }
            : this with
            {
                Duplicates = Duplicates + 1,
            };
}
