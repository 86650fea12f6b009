using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Neighbors;

/// <summary>The copies of a point in layers and rows, so that the copy nearest to the origin is found by looking at few of them.</summary>
/// <remarks>
/// <para>
/// The lattice is turned so that a lies along x and b in the xy plane. Then z of a vector depends on its third coordinate alone,
/// and whole layers, then whole rows of copies are left out as soon as z, or y and z, exceed the shortest length so far.
/// </para>
/// <para>Source: U. Fincke, M. Pohst, Math. Comp. 44 (1985) 463-471. Exact for every lattice, fast for reduced ones.</para>
/// </remarks>
internal readonly struct ImageLayers
{
    private readonly double ax;
    private readonly double bx;
    private readonly double by;
    private readonly double cx;
    private readonly double cy;
    private readonly double cz;

    /// <param name="lattice">Best a reduced one (<see cref="NiggliReduction"/>): the search is exact for others, but may be slow.</param>
    public ImageLayers(Lattice lattice)
    {
        (Cartesian a, Cartesian b, Cartesian c) = (lattice.A, lattice.B, lattice.C);
        ax = a.Length;
        bx = b.Dot(a) / ax;
        by = a.Cross(b).Length / ax;
        cx = c.Dot(a) / ax;
        cy = (c.Dot(b) - (bx * cx)) / by;
        cz = lattice.Determinant / (ax * by);
    }

    /// <summary>The shortest vector that leads from the origin to the point or a copy of it, in the turned lattice.</summary>
    /// <param name="point">In lattice vectors; the search is fast when it lies near the cell at the origin.</param>
    /// <param name="copy">The nearest copy is the point plus this offset.</param>
    public Cartesian Nearest(Fractional point, out CellOffset copy)
    {
        Cartesian nearest = default;
        double shortest = double.PositiveInfinity;
        copy = default;
        foreach (double third in new NearestFirst(-point.Z))
        {
            double z = cz * (point.Z + third);
            if (z * z >= shortest)
            {
                break;
            }

            double yOfLayer = cy * (point.Z + third);
            foreach (double second in new NearestFirst(-point.Y - (yOfLayer / by)))
            {
                double y = (by * (point.Y + second)) + yOfLayer;
                if ((y * y) + (z * z) >= shortest)
                {
                    break;
                }

                double xOfRow = (bx * (point.Y + second)) + (cx * (point.Z + third));
                double first = Math.Round(-point.X - (xOfRow / ax));
                Cartesian candidate = new((ax * (point.X + first)) + xOfRow, y, z);
                if (candidate.LengthSquared < shortest)
                {
                    (nearest, shortest) = (candidate, candidate.LengthSquared);
                    copy = new((long)first, (long)second, (long)third);
                }
            }
        }

        return nearest;
    }
}

/// <summary>All whole numbers, those nearest to a number first: for 0.3 these are 0, 1, -1, 2, -2, …</summary>
internal struct NearestFirst(double center)
{
    private readonly double nearest = Math.Round(center);
    private readonly double side = center >= Math.Round(center) ? 1 : -1;
    private int visited = -1;

    public readonly double Current => nearest + (visited % 2 == 1 ? side : -side) * ((visited + 1) / 2);

    public readonly NearestFirst GetEnumerator() => this;

    public bool MoveNext() => ++visited < int.MaxValue;
}
