namespace Kagome.Sampling.Crystals;

/// <summary>Puts crystals of one size together, so that a network takes them at once.</summary>
public static class SizeBatches
{
    /// <summary>Places of equal atom counts, in batches of at most so many atoms; a larger crystal makes a batch of its own.</summary>
    /// <param name="atomCounts">Of each crystal.</param>
    /// <param name="mostAtoms">Of a batch.</param>
    /// <returns>Each place once, the largest batches first: what takes longest should not come last.</returns>
    public static IReadOnlyList<int[]> Of(IEnumerable<int> atomCounts, int mostAtoms) =>
        [
            .. atomCounts
                .Select((atoms, place) => (Atoms: atoms, Place: place))
                .GroupBy(crystal => crystal.Atoms, crystal => crystal.Place)
                .OrderByDescending(size => size.Key)
                .SelectMany(size => size.Chunk(Math.Max(1, mostAtoms / size.Key))),
        ];
}
