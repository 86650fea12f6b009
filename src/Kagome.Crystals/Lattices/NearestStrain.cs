namespace Kagome.Crystals.Lattices;

/// <summary>Gives a lattice another shape without turning it.</summary>
internal static class NearestStrain
{
    private const int MostSteps = 20;

    /// <summary>The lattice of the given shape that a strain, which is a symmetric matrix, makes of a lattice.</summary>
    /// <remarks>
    /// The strain is the square root of what makes the one metric tensor of the other, by Newton's method from no strain.
    /// Source: N. J. Higham, Functions of Matrices (SIAM 2008), section 6.3.
    /// </remarks>
    public static Lattice To(Lattice lattice, MetricTensor shape)
    {
        Lattice back = lattice.Reciprocal;
        Lattice square = new(Square(new(1, 0, 0)), Square(new(0, 1, 0)), Square(new(0, 0, 1)));
        Lattice root = Lattice.Cubic(1);
        for (int step = 0; step < MostSteps; step++)
        {
            Lattice inverse = root.Reciprocal; // transposed, which is the same
            Lattice next = new(
                Mean(root.A, Product(square, inverse.A)),
                Mean(root.B, Product(square, inverse.B)),
                Mean(root.C, Product(square, inverse.C))
            );
            bool isDone = (next.A - root.A).Length + (next.B - root.B).Length + (next.C - root.C).Length < 1e-15;
            root = next;
            if (isDone)
            {
                break;
            }
        }

        return new Lattice(Product(root, lattice.A), Product(root, lattice.B), Product(root, lattice.C));

        // a row of the sum over two vectors of their product in the new shape times the dyad of their reciprocals
        Cartesian Square(Cartesian unit)
        {
            Fractional along = new(back.A.Dot(unit), back.B.Dot(unit), back.C.Dot(unit));
            return back.ToCartesian(
                new(shape.Dot(new(1, 0, 0), along), shape.Dot(new(0, 1, 0), along), shape.Dot(new(0, 0, 1), along))
            );
        }
    }

    private static Cartesian Mean(Cartesian first, Cartesian second) => 0.5 * (first + second);

    /// <summary>A symmetric matrix, given by its rows, times a vector.</summary>
    private static Cartesian Product(Lattice rows, Cartesian vector) =>
        rows.ToCartesian(new(vector.X, vector.Y, vector.Z));
}
