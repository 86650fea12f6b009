using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>A primitive cell whose atoms and vectors are exactly where its space group puts them.</summary>
/// <param name="Shape">What the lattice vectors have to be to each other.</param>
/// <param name="Lattice">The lattice of that shape that is nearest to the one before.</param>
/// <param name="Positions">Of each atom, at most a little from where it was.</param>
/// <param name="Orbits">The first atom that each atom is an image of.</param>
internal sealed record ExactPrimitive(
    MetricTensor Shape,
    Lattice Lattice,
    ImmutableArray<Fractional> Positions,
    ImmutableArray<int> Orbits
)
{
    /// <summary>How far an operation may take an exact position from another, as a fraction of the vectors: rounding.</summary>
    private const double Rounding = 1e-8;

    /// <summary>The mean of each atom's place over the operations; null where that does not make them exact, so that images are at odds.</summary>
    public static ExactPrimitive? Of(Structure cell, IReadOnlyList<FoundOperation> found, IdentifiedGroup group)
    {
        Fractional[] sums = new Fractional[cell.AtomCount];
        int[] orbits = [.. Enumerable.Range(0, cell.AtomCount)];
        for (int at = 0; at < found.Count; at++)
        {
            int[] images = found[at].Images;
            for (int atom = 0; atom < images.Length; atom++)
            {
                Fractional place = group.Operations[at].Apply(cell.Sites[atom].Position);
                sums[images[atom]] += (place - cell.Sites[images[atom]].Position).WrapToNearest();
                orbits[images[atom]] = Math.Min(orbits[images[atom]], atom);
            }
        }

        double share = 1.0 / found.Count;
        Fractional[] positions =
        [
            .. cell.Sites.Select(
                (site, atom) =>
                    site.Position + new Fractional(share * sums[atom].X, share * sums[atom].Y, share * sums[atom].Z)
            ),
        ];
        if (!AreExact(positions, found, group))
        {
            return null;
        }

        MetricTensor shape = MetricTensor
            .Of(cell.Lattice)
            .Averaged([.. group.Operations.Select(operation => operation.Rotation)]);
        return new(shape, NearestStrain.To(cell.Lattice, shape), [.. positions], [.. orbits]);
    }

    private static bool AreExact(Fractional[] positions, IReadOnlyList<FoundOperation> found, IdentifiedGroup group)
    {
        for (int at = 0; at < found.Count; at++)
        {
            for (int atom = 0; atom < positions.Length; atom++)
            {
                Fractional error = (
                    group.Operations[at].Apply(positions[atom]) - positions[found[at].Images[atom]]
                ).WrapToNearest();
                if (Math.Max(Math.Abs(error.X), Math.Max(Math.Abs(error.Y), Math.Abs(error.Z))) > Rounding)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
