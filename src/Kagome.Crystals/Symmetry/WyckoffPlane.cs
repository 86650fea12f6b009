using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>The point, line or plane of the first site of a Wyckoff position, to be compared with places in the cell.</summary>
internal sealed class WyckoffPlane
{
    private const double Tolerance = 1e-6;

    private readonly SmithForm form;
    private readonly IntegerMatrix3 left;

    public WyckoffPlane(WyckoffPosition position)
    {
        Position = position;
        long[,] map = new long[3, 3];
        for (int at = 0; at < 9; at++)
        {
            map[at / 3, at % 3] = position.Map[at / 3, at % 3];
        }

        form = new(map);
        left = Matrix(form.Left);
    }

    public WyckoffPosition Position { get; }

    /// <summary>The place nearest to a given one, modulo lattice vectors, that is exactly on it; null where the given one is not.</summary>
    /// <remarks>Left · map · Right is diagonal: where that is 0, Left · (place - offset) has to be whole, and it can be moved to 0.</remarks>
    public Fractional? Snap(Fractional place)
    {
        Fractional offset = place - Position.Offset;
        Fractional turned = Times(left, offset);
        double[] rows = [turned.X, turned.Y, turned.Z];
        double[] free = new double[3];
        double[] whole = new double[3];
        for (int row = 0; row < 3; row++)
        {
            if (row < form.Rank)
            {
                free[row] = rows[row] / form.Diagonal[row];
            }
            else if (Math.Abs(rows[row] - Math.Round(rows[row])) > Tolerance)
            {
                return null;
            }
            else
            {
                whole[row] = Math.Round(rows[row]);
            }
        }

        // the lattice vector that was taken away comes back, so that the place stays where it was
        Fractional lattice = new Fractional(whole[0], whole[1], whole[2]) / left.Transposed();
        return Position.Site(Times(Matrix(form.Right), new(free[0], free[1], free[2]))) + lattice;
    }

    private static Fractional Times(IntegerMatrix3 matrix, Fractional column) =>
        new SymmetryOperation(matrix, default).Apply(column);

    private static IntegerMatrix3 Matrix(long[,] entries) =>
        new(
            (int)entries[0, 0],
            (int)entries[0, 1],
            (int)entries[0, 2],
            (int)entries[1, 0],
            (int)entries[1, 1],
            (int)entries[1, 2],
            (int)entries[2, 0],
            (int)entries[2, 1],
            (int)entries[2, 2]
        );
}
