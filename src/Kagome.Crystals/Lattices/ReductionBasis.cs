namespace Kagome.Crystals.Lattices;

/// <summary>Three lattice vectors on their way to a reduced set, with the integers that make them from the first ones.</summary>
/// <remarks>The integers are kept as doubles, which hold them exactly up to 2^53 and cannot wrap around.</remarks>
internal sealed class ReductionBasis(Lattice lattice)
{
    private readonly Cartesian[] vectors = [lattice.A, lattice.B, lattice.C];
    private readonly Fractional[] rows = [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];

    public Cartesian this[int index] => vectors[index];

    public double Dot(int first, int second) => vectors[first].Dot(vectors[second]);

    public void Swap(int first, int second)
    {
        (vectors[first], vectors[second]) = (vectors[second], vectors[first]);
        (rows[first], rows[second]) = (rows[second], rows[first]);
    }

    public void Negate(int index)
    {
        vectors[index] = -1 * vectors[index];
        rows[index] = new(-rows[index].X, -rows[index].Y, -rows[index].Z);
    }

    public void NegateAll()
    {
        Negate(0);
        Negate(1);
        Negate(2);
    }

    /// <summary>Adds <paramref name="factor"/>, a whole number, times one vector to another.</summary>
    public void Add(int target, double factor, int source)
    {
        vectors[target] += factor * vectors[source];
        Fractional row = rows[source];
        rows[target] += new Fractional(factor * row.X, factor * row.Y, factor * row.Z);
    }

    /// <summary>The vectors as a right-handed lattice, or null where double precision does not carry them.</summary>
    public ReducedLattice? ToLattice()
    {
        double determinant = vectors[0].Dot(vectors[1].Cross(vectors[2]));
        if (determinant < 0)
        {
            NegateAll();
        }

        if (!double.IsFinite(determinant) || determinant == 0 || !rows.All(FitsIntegers))
        {
            return null;
        }

        IntegerMatrix3 transform = ToMatrix();
        return transform.Determinant is 1 or -1
            ? new ReducedLattice(new Lattice(vectors[0], vectors[1], vectors[2]), transform)
            : null;
    }

    private static bool FitsIntegers(Fractional row) =>
        Math.Abs(row.X) < int.MaxValue && Math.Abs(row.Y) < int.MaxValue && Math.Abs(row.Z) < int.MaxValue;

    private IntegerMatrix3 ToMatrix() =>
        new(
            (int)rows[0].X,
            (int)rows[0].Y,
            (int)rows[0].Z,
            (int)rows[1].X,
            (int)rows[1].Y,
            (int)rows[1].Z,
            (int)rows[2].X,
            (int)rows[2].Y,
            (int)rows[2].Z
        );
}
