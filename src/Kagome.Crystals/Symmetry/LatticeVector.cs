using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>A vector of a lattice, in whole numbers of its basis.</summary>
internal readonly record struct LatticeVector(int X, int Y, int Z)
{
    public static implicit operator Fractional(LatticeVector vector) => new(vector.X, vector.Y, vector.Z);

    public static LatticeVector operator -(LatticeVector vector) => new(-vector.X, -vector.Y, -vector.Z);

    public static LatticeVector operator +(LatticeVector left, LatticeVector right) =>
        new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    public static LatticeVector operator *(int factor, LatticeVector vector) =>
        new(factor * vector.X, factor * vector.Y, factor * vector.Z);

    /// <summary>The image of a vector.</summary>
    public static LatticeVector operator *(IntegerMatrix3 rotation, LatticeVector vector) =>
        new(
            (rotation.M11 * vector.X) + (rotation.M12 * vector.Y) + (rotation.M13 * vector.Z),
            (rotation.M21 * vector.X) + (rotation.M22 * vector.Y) + (rotation.M23 * vector.Z),
            (rotation.M31 * vector.X) + (rotation.M32 * vector.Y) + (rotation.M33 * vector.Z)
        );

    /// <summary>The shortest lattice vector of the same direction.</summary>
    public LatticeVector Shortest()
    {
        int divisor = Divisor(Divisor(Math.Abs(X), Math.Abs(Y)), Math.Abs(Z));
        return divisor == 0 ? this : new(X / divisor, Y / divisor, Z / divisor);
    }

    /// <summary>The matrix with three vectors as rows, which makes them from the basis.</summary>
    public static IntegerMatrix3 Rows(LatticeVector a, LatticeVector b, LatticeVector c) =>
        new(a.X, a.Y, a.Z, b.X, b.Y, b.Z, c.X, c.Y, c.Z);

    /// <summary>The greatest common divisor by Euclid's algorithm.</summary>
    public static int Divisor(int first, int second)
    {
        while (second != 0)
        {
            (first, second) = (second, first % second);
        }

        return first;
    }
}
