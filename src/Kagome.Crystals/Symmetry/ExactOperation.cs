using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>A symmetry operation modulo lattice vectors, its shift in whole twenty-fourths of them: exact, so that it can be compared.</summary>
/// <remarks>All shifts of the 230 space groups are multiples of 1/24 in their usual settings.</remarks>
internal readonly record struct ExactOperation(IntegerMatrix3 Rotation, int X, int Y, int Z)
{
    public const int Denominator = 24;

    private const double Tolerance = 1e-9;

    public static ExactOperation Identity { get; } = new(IntegerMatrix3.Identity, 0, 0, 0);

    public static ExactOperation Inversion { get; } = new(IntegerMatrix3.Diagonal(-1, -1, -1), 0, 0, 0);

    public static ExactOperation Centring(int x, int y, int z) => new(IntegerMatrix3.Identity, x, y, z);

    /// <summary>The operation where its shifts are multiples of 1/24; null where they are not.</summary>
    public static ExactOperation? Of(SymmetryOperation operation)
    {
        Fractional shift = operation.Translation;
        return IsWhole(shift.X) && IsWhole(shift.Y) && IsWhole(shift.Z)
            ? new ExactOperation(operation.Rotation, Whole(shift.X), Whole(shift.Y), Whole(shift.Z)).Wrap()
            : null;
    }

    /// <summary>First <paramref name="right"/>, then <paramref name="left"/>.</summary>
    public static ExactOperation operator *(ExactOperation left, ExactOperation right)
    {
        IntegerMatrix3 w = left.Rotation;
        return new ExactOperation(
            w * right.Rotation,
            left.X + (w.M11 * right.X) + (w.M12 * right.Y) + (w.M13 * right.Z),
            left.Y + (w.M21 * right.X) + (w.M22 * right.Y) + (w.M23 * right.Z),
            left.Z + (w.M31 * right.X) + (w.M32 * right.Y) + (w.M33 * right.Z)
        ).Wrap();
    }

    /// <summary>The operation that undoes this one; its matrix has to have the determinant 1 or -1.</summary>
    public ExactOperation Inverse()
    {
        IntegerMatrix3 rotation = Rotation;
        Fractional Row(int row) => new Fractional(row == 0 ? 1 : 0, row == 1 ? 1 : 0, row == 2 ? 1 : 0) / rotation;
        (Fractional a, Fractional b, Fractional c) = (Row(0), Row(1), Row(2));
        IntegerMatrix3 inverse = new(
            (int)Math.Round(a.X),
            (int)Math.Round(a.Y),
            (int)Math.Round(a.Z),
            (int)Math.Round(b.X),
            (int)Math.Round(b.Y),
            (int)Math.Round(b.Z),
            (int)Math.Round(c.X),
            (int)Math.Round(c.Y),
            (int)Math.Round(c.Z)
        );
        ExactOperation back =
            new ExactOperation(inverse, 0, 0, 0) * new ExactOperation(IntegerMatrix3.Identity, X, Y, Z);
        return new ExactOperation(inverse, -back.X, -back.Y, -back.Z).Wrap();
    }

    public SymmetryOperation ToOperation() =>
        new(Rotation, new((double)X / Denominator, (double)Y / Denominator, (double)Z / Denominator));

    private ExactOperation Wrap() => this with { X = Wrap(X), Y = Wrap(Y), Z = Wrap(Z) };

    private static int Wrap(int twentyFourths) => ((twentyFourths % Denominator) + Denominator) % Denominator;

    private static bool IsWhole(double shift) =>
        Math.Abs(shift) <= Denominator
        && Math.Abs((shift * Denominator) - Math.Round(shift * Denominator)) <= Tolerance;

    private static int Whole(double shift) => (int)Math.Round(shift * Denominator);
}
