namespace Kagome.Crystals.Lattices;

/// <summary>Three vectors that repeat a crystal in space, as the rows a, b and c of a matrix.</summary>
/// <remarks>Units: Å. Right- or left-handed; never flat: a lattice has a volume.</remarks>
public sealed record Lattice
{
    private readonly Cartesian reciprocalA;
    private readonly Cartesian reciprocalB;
    private readonly Cartesian reciprocalC;

    /// <exception cref="ArgumentException">An entry is not finite, or the vectors enclose no volume.</exception>
    public Lattice(Cartesian a, Cartesian b, Cartesian c)
    {
        (A, B, C) = (a, b, c);
        Determinant = a.Dot(b.Cross(c));
        if (!double.IsFinite(Determinant) || Determinant == 0)
        {
            throw new ArgumentException(
                $"Lattice vectors {a}, {b}, {c} have the volume {Determinant}; expected three finite vectors that do not lie in a plane."
            );
        }

        double inverse = 1 / Determinant;
        reciprocalA = inverse * b.Cross(c);
        reciprocalB = inverse * c.Cross(a);
        reciprocalC = inverse * a.Cross(b);
    }

    /// <summary>The first vector, in Å.</summary>
    public Cartesian A { get; }

    /// <summary>The second vector, in Å.</summary>
    public Cartesian B { get; }

    /// <summary>The third vector, in Å.</summary>
    public Cartesian C { get; }

    /// <summary>Signed volume in Å³: negative where a, b, c are left-handed.</summary>
    public double Determinant { get; }

    /// <summary>Volume of the cell in Å³.</summary>
    public double Volume => Math.Abs(Determinant);

    /// <summary>Lengths in Å and angles in degrees.</summary>
    public LatticeParameters Parameters =>
        new(A.Length, B.Length, C.Length, AngleDegrees(B, C), AngleDegrees(C, A), AngleDegrees(A, B));

    /// <summary>The lattice of the vectors a*, b*, c* with a · a* = 1 and a · b* = 0 (without the factor 2π).</summary>
    /// <remarks>Units: 1/Å.</remarks>
    public Lattice Reciprocal => new(reciprocalA, reciprocalB, reciprocalC);

    /// <summary>Sets up the vectors of a cell: c along z, a in the xz plane with a positive x.</summary>
    /// <remarks>Source: the convention of pymatgen's Lattice.from_parameters, which DAO's data are in.</remarks>
    /// <exception cref="ArgumentException">No cell has these lengths and angles.</exception>
    public static Lattice FromParameters(LatticeParameters parameters)
    {
        if (parameters.Problem() is { } problem)
        {
            throw new ArgumentException($"No lattice has these parameters: {problem}."); // users read it, who have no parameters
        }

        double cosAlpha = LatticeParameters.Cosine(parameters.Alpha);
        double cosBeta = LatticeParameters.Cosine(parameters.Beta);
        double sinAlpha = Math.Sqrt(1 - (cosAlpha * cosAlpha));
        double sinBeta = Math.Sqrt(1 - (cosBeta * cosBeta));
        double cosGammaStar = parameters.CosGammaStar;
        double sinGammaStar = Math.Sqrt(1 - (cosGammaStar * cosGammaStar));
        return new Lattice(
            new(parameters.A * sinBeta, 0, parameters.A * cosBeta),
            new(
                -parameters.B * sinAlpha * cosGammaStar,
                parameters.B * sinAlpha * sinGammaStar,
                parameters.B * cosAlpha
            ),
            new(0, 0, parameters.C)
        );
    }

    /// <summary>The lattice of a cube, with its edges along x, y and z.</summary>
    /// <param name="edgeAngstrom">In Å.</param>
    /// <exception cref="ArgumentException">The edge is 0 or not finite.</exception>
    public static Lattice Cubic(double edgeAngstrom) =>
        new(new(edgeAngstrom, 0, 0), new(0, edgeAngstrom, 0), new(0, 0, edgeAngstrom));

    /// <summary>Where a position that is counted along the lattice vectors is in space, in Å.</summary>
    public Cartesian ToCartesian(Fractional position) => (position.X * A) + (position.Y * B) + (position.Z * C);

    /// <summary>Counts a position in space, in Å, along the lattice vectors; not wrapped into the cell.</summary>
    public Fractional ToFractional(Cartesian position) =>
        new(position.Dot(reciprocalA), position.Dot(reciprocalB), position.Dot(reciprocalC));

    /// <summary>The lattice whose rows are <paramref name="matrix"/> · rows of this one.</summary>
    /// <exception cref="ArgumentException">The determinant of the matrix is 0.</exception>
    public Lattice Transform(IntegerMatrix3 matrix)
    {
        Cartesian Row(int row) => ToCartesian(new Fractional(matrix[row, 0], matrix[row, 1], matrix[row, 2]));
        return new Lattice(Row(0), Row(1), Row(2));
    }

    /// <summary>The same shape at another size.</summary>
    public Lattice ScaleToVolume(double volumeCubicAngstrom)
    {
        double factor = Math.Cbrt(volumeCubicAngstrom / Volume);
        return new Lattice(factor * A, factor * B, factor * C);
    }

    /// <summary>The three vectors; the generated text would print the reciprocal of the reciprocal without end.</summary>
    public override string ToString() => $"Lattice {{ A = {A}, B = {B}, C = {C} }}";

    private static double AngleDegrees(Cartesian first, Cartesian second) =>
        // atan2 keeps all digits where arccos of a cosine near 1 loses half of them
        Math.Atan2(first.Cross(second).Length, first.Dot(second))
        * 180
        / Math.PI;
}
