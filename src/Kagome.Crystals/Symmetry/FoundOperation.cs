using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>An operation that takes a crystal nearly onto itself.</summary>
/// <param name="Operation">In the vectors of the primitive cell; its shift is the mean over the atoms.</param>
/// <param name="Images">The atom that each atom is taken to.</param>
/// <param name="DeviationAngstrom">The tolerance from which on it is found.</param>
internal sealed record FoundOperation(SymmetryOperation Operation, int[] Images, double DeviationAngstrom)
{
    /// <summary>The operations of a primitive cell within a tolerance, one of each rotation, the identity first.</summary>
    /// <param name="cell">A reduced primitive cell.</param>
    /// <param name="toleranceAngstrom">How far atoms may be from where an operation takes them, and vectors from their images.</param>
    public static IReadOnlyList<FoundOperation> Of(Structure cell, double toleranceAngstrom)
    {
        AtomLookup lookup = new(cell);
        List<FoundOperation> found =
        [
            new(SymmetryOperation.Identity, [.. Enumerable.Range(0, cell.AtomCount)], DeviationAngstrom: 0),
        ];
        foreach (LatticeSymmetry symmetry in LatticeSymmetries.Of(cell.Lattice, toleranceAngstrom))
        {
            if (
                symmetry.Rotation != IntegerMatrix3.Identity
                && Find(cell, lookup, symmetry, toleranceAngstrom) is { } operation
            )
            {
                found.Add(operation);
            }
        }

        return found;
    }

    private static FoundOperation? Find(
        Structure cell,
        AtomLookup lookup,
        LatticeSymmetry symmetry,
        double toleranceAngstrom
    )
    {
        FoundOperation? best = null;
        int[] images = new int[cell.AtomCount];
        Fractional turned = new SymmetryOperation(symmetry.Rotation, default).Apply(
            cell.Sites[lookup.Rarest[0]].Position
        );
        foreach (int atom in lookup.Rarest)
        {
            Fractional shift = cell.Sites[atom].Position - turned;
            if (
                lookup.TryMap(
                    new(symmetry.Rotation, shift),
                    toleranceAngstrom,
                    images,
                    out Fractional mean,
                    out double farthest
                )
            )
            {
                double deviation = Math.Max(farthest, symmetry.DeviationAngstrom);
                if (best is null || deviation < best.DeviationAngstrom)
                {
                    best = new(new(symmetry.Rotation, (shift + mean).Wrap()), [.. images], deviation);
                }
            }
        }

        return best;
    }
}
