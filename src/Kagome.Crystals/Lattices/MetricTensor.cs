namespace Kagome.Crystals.Lattices;

/// <summary>The products of the lattice vectors with each other, which are the shape of a cell without its orientation.</summary>
/// <param name="AA">a · a in Å².</param>
/// <param name="BB">b · b in Å².</param>
/// <param name="CC">c · c in Å².</param>
/// <param name="BC">b · c in Å².</param>
/// <param name="AC">a · c in Å².</param>
/// <param name="AB">a · b in Å².</param>
internal readonly record struct MetricTensor(double AA, double BB, double CC, double BC, double AC, double AB)
{
    public static MetricTensor Of(Lattice lattice) =>
        new(
            lattice.A.LengthSquared,
            lattice.B.LengthSquared,
            lattice.C.LengthSquared,
            lattice.B.Dot(lattice.C),
            lattice.A.Dot(lattice.C),
            lattice.A.Dot(lattice.B)
        );

    /// <summary>The product in Å² of two vectors that are counted along a, b and c.</summary>
    public double Dot(Fractional first, Fractional second) =>
        (AA * first.X * second.X)
        + (BB * first.Y * second.Y)
        + (CC * first.Z * second.Z)
        + (BC * ((first.Y * second.Z) + (first.Z * second.Y)))
        + (AC * ((first.X * second.Z) + (first.Z * second.X)))
        + (AB * ((first.X * second.Y) + (first.Y * second.X)));

    /// <summary>The shape of the cell of the vectors <paramref name="rows"/> · a, b, c.</summary>
    public MetricTensor In(IntegerMatrix3 rows)
    {
        Fractional a = new(rows.M11, rows.M12, rows.M13);
        Fractional b = new(rows.M21, rows.M22, rows.M23);
        Fractional c = new(rows.M31, rows.M32, rows.M33);
        return new(Dot(a, a), Dot(b, b), Dot(c, c), Dot(b, c), Dot(a, c), Dot(a, b));
    }

    /// <summary>The mean over rotations, which none of them changes where they are a group.</summary>
    public MetricTensor Averaged(IReadOnlyCollection<IntegerMatrix3> rotations)
    {
        MetricTensor sum = default;
        foreach (IntegerMatrix3 rotation in rotations)
        {
            MetricTensor image = In(rotation.Transposed());
            sum = new(
                sum.AA + image.AA,
                sum.BB + image.BB,
                sum.CC + image.CC,
                sum.BC + image.BC,
                sum.AC + image.AC,
                sum.AB + image.AB
            );
        }

        double share = 1.0 / rotations.Count;
        return new(share * sum.AA, share * sum.BB, share * sum.CC, share * sum.BC, share * sum.AC, share * sum.AB);
    }

    /// <summary>A right-handed lattice of this shape: a along x, b in the xy plane.</summary>
    public Lattice ToLattice()
    {
        double a = Math.Sqrt(AA);
        double bx = AB / a;
        double by = Math.Sqrt(BB - (bx * bx));
        double cx = AC / a;
        double cy = (BC - (bx * cx)) / by;
        return new Lattice(new(a, 0, 0), new(bx, by, 0), new(cx, cy, Math.Sqrt(CC - (cx * cx) - (cy * cy))));
    }
}
