using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome;

/// <summary>A crystal's geometry as one list of numbers: fractional coordinates, atom by atom, then the lattice's rows in Å.</summary>
internal static class CrystalPoint
{
    public const int LatticeEntries = 9;

    public static double[] Of(Structure structure) =>
        [
            .. structure.Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z }),
            .. new[] { structure.Lattice.A, structure.Lattice.B, structure.Lattice.C }.SelectMany(row =>
                new[] { row.X, row.Y, row.Z }
            ),
        ];

    /// <summary>The elements of a structure at another point, positions in [0, 1).</summary>
    /// <exception cref="ArgumentException">The numbers make no lattice, or are not finite.</exception>
    public static Structure ToStructure(Structure elements, double[] point)
    {
        int at = 3 * elements.AtomCount;
        Cartesian Row(int row) => new(point[at + (3 * row)], point[at + (3 * row) + 1], point[at + (3 * row) + 2]);
        return new Structure(
            new Lattice(Row(0), Row(1), Row(2)),
            elements.Sites.Select(
                (site, index) =>
                    site with
                    {
                        Position = new Fractional(
                            point[3 * index],
                            point[(3 * index) + 1],
                            point[(3 * index) + 2]
                        ).Wrap(),
                    }
            )
        );
    }

    /// <summary>The largest distance that a step moves an atom within the cell, or the end of a lattice vector, in Å.</summary>
    public static double Reach(Lattice lattice, double[] step)
    {
        double largest = 0;
        int coordinateCount = step.Length - LatticeEntries;
        for (int at = 0; at < step.Length; at += 3)
        {
            double length =
                at < coordinateCount
                    ? lattice.ToCartesian(new Fractional(step[at], step[at + 1], step[at + 2])).Length
                    : new Cartesian(step[at], step[at + 1], step[at + 2]).Length;
            largest = Math.Max(largest, length);
        }

        return largest;
    }
}
