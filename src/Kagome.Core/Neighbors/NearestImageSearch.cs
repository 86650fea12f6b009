using Kagome.Core.Lattices;

namespace Kagome.Core.Neighbors;

/// <summary>Finds the nearest periodic copy of a position: exact for every cell, with work that its shape hardly changes.</summary>
/// <remarks>
/// In a reduced cell turned so that a lies along x and b in the xy plane, the z component of a vector depends on its third
/// coordinate alone, so whole layers, then whole rows of copies are left out as soon as z, or y and z, exceed the shortest
/// length so far (U. Fincke, M. Pohst, Math. Comp. 44 (1985) 463-471).
/// </remarks>
public sealed class NearestImageSearch
{
    private readonly Lattice lattice;
    private readonly ReducedLattice reduced;
    private readonly double ax;
    private readonly double bx;
    private readonly double by;
    private readonly double cx;
    private readonly double cy;
    private readonly double cz;

    /// <exception cref="ArgumentException">The vectors are too different or too skewed for double precision.</exception>
    public NearestImageSearch(Lattice lattice)
    {
        this.lattice = lattice;
        reduced = NiggliReduction.Reduce(lattice);
        (Cartesian a, Cartesian b, Cartesian c) = (reduced.Lattice.A, reduced.Lattice.B, reduced.Lattice.C);
        ax = a.Length;
        bx = b.Dot(a) / ax;
        by = a.Cross(b).Length / ax;
        cx = c.Dot(a) / ax;
        cy = (c.Dot(b) - (bx * cx)) / by;
        cz = reduced.Lattice.Volume / (ax * by);
    }

    /// <summary>Length of the shortest lattice vector in Å: how far an atom is from its own nearest copy.</summary>
    /// <remarks>A Niggli cell's a is the shortest vector of its lattice.</remarks>
    public double ShortestVectorLength => ax;

    public PeriodicDistance Shortest(Fractional from, Fractional to)
    {
        Fractional difference = to - from;
        Fractional wrapped = difference.WrapToNearest();
        Fractional offset = reduced.ToOriginal(NearestTo(InReducedCell(wrapped), out _));
        Cartesian vector = lattice.ToCartesian(wrapped + offset);
        Fractional image = wrapped - difference + offset;
        return new(vector.Length, vector, new(Whole(image.X), Whole(image.Y), Whole(image.Z)));
    }

    /// <summary>The length in Å of <see cref="Shortest"/>, without the vector.</summary>
    public double ShortestLength(Fractional from, Fractional to)
    {
        NearestTo(InReducedCell((to - from).WrapToNearest()), out double lengthSquared);
        return Math.Sqrt(lengthSquared);
    }

    private static long Whole(double value) => (long)Math.Round(value);

    private Fractional InReducedCell(Fractional difference) =>
        reduced.Lattice.ToFractional(lattice.ToCartesian(difference));

    /// <summary>The offset, in the reduced cell, that makes the difference of two positions shortest.</summary>
    private CellOffset NearestTo(Fractional difference, out double lengthSquared)
    {
        lengthSquared = double.PositiveInfinity;
        CellOffset nearest = default;
        foreach (double third in new NearestFirst(-difference.Z))
        {
            double z = cz * (difference.Z + third);
            if (z * z >= lengthSquared)
            {
                break;
            }

            double yOfLayer = cy * (difference.Z + third);
            foreach (double second in new NearestFirst(-difference.Y - (yOfLayer / by)))
            {
                double y = (by * (difference.Y + second)) + yOfLayer;
                if ((y * y) + (z * z) >= lengthSquared)
                {
                    break;
                }

                double xOfRow = (bx * (difference.Y + second)) + (cx * (difference.Z + third));
                double first = Math.Round(-difference.X - (xOfRow / ax));
                double x = (ax * (difference.X + first)) + xOfRow;
                double candidate = (x * x) + (y * y) + (z * z);
                if (candidate < lengthSquared)
                {
                    lengthSquared = candidate;
                    nearest = new((long)first, (long)second, (long)third);
                }
            }
        }

        return nearest;
    }
}
