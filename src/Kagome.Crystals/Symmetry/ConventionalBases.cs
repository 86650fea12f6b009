using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>Sets of vectors, along the axes of a point group, that may be those of the usual setting of a space group.</summary>
/// <remarks>
/// <para>
/// All are right-handed, which tells enantiomorphic groups apart. In the order of preference of International Tables A and spglib: short vectors
/// first, a before b before c; of monoclinic cells the sum of a and c, with an angle β that is not acute. What is left is decided by the
/// cell that was given: the nearer to its vectors, the better.
/// </para>
/// <para>Source: E. Parthé, L. M. Gelato, Acta Cryst. A41 (1985) 142-151, for monoclinic cells.</para>
/// </remarks>
internal sealed class ConventionalBases
{
    /// <summary>How far, in its vectors' numbers, shortest vectors of a monoclinic plane are from those that are reduced.</summary>
    private const int MonoclinicReach = 2;

    private const double PerAngstrom = 1e5;

    private readonly MetricTensor shape;
    private readonly Lattice lattice;
    private readonly Lattice given;
    private readonly RotationAxis[] axes;

    /// <param name="rotations">A group, in the vectors of a primitive cell.</param>
    /// <param name="shape">The shape of the primitive cell, symmetric under the rotations.</param>
    /// <param name="lattice">The primitive cell as it is.</param>
    /// <param name="given">The cell that the crystal was given in.</param>
    public ConventionalBases(IEnumerable<IntegerMatrix3> rotations, MetricTensor shape, Lattice lattice, Lattice given)
    {
        (this.shape, this.lattice, this.given) = (shape, lattice, given);
        axes = [.. rotations.Select(RotationAxis.Of).OfType<RotationAxis>().DistinctBy(axis => axis.Rotation)];
    }

    /// <summary>The bases as rows that make them from the primitive vectors, the preferred first.</summary>
    public IEnumerable<IntegerMatrix3> All()
    {
        RotationAxis[] Of(int order) => [.. axes.Where(axis => axis.Order == order)];
        (RotationAxis[] two, RotationAxis[] three, RotationAxis[] four, RotationAxis[] six) = (
            Of(2),
            Of(3),
            Of(4),
            Of(6)
        );
        bool isCubic = three.Length > 2;
        return isCubic ? Ordered(Permuted(four.Length > 0 ? four : two), ByLengths)
            : three.Length > 0 ? Ordered(Turned(three, six.Length > 0 ? six : three), _ => default)
            : four.Length > 0 ? Ordered(Turned(four, four), _ => default)
            : two.Length > 1 ? Ordered(Permuted(two), ByLengths)
            : two.Length == 1 ? Ordered(Monoclinic(two[0]), BySum)
            : [IntegerMatrix3.Identity];
    }

    /// <summary>Three axes in every order and with every sign.</summary>
    private static IEnumerable<IntegerMatrix3> Permuted(RotationAxis[] along)
    {
        LatticeVector[] found = [.. along.Select(axis => axis.Direction).DistinctBy(vector => Positive(vector))];
        return from first in Signed(found)
            from second in Signed(found)
            from third in Signed(found)
            where Math.Abs(LatticeVector.Rows(first, second, third).Determinant) > 0
            select LatticeVector.Rows(first, second, third);
    }

    /// <summary>The shortest vector perpendicular to the axis, its images as a, and the image of each as b.</summary>
    /// <param name="turns">Rotations that take a to b, of either sense.</param>
    /// <param name="images">Rotations that take a shortest vector to the others.</param>
    private IEnumerable<IntegerMatrix3> Turned(RotationAxis[] turns, RotationAxis[] images)
    {
        LatticeVector along = turns[0].Direction;
        LatticeVector shortest = turns[0].Plane(shape).First;
        LatticeVector[] around =
        [
            .. images
                .SelectMany(image =>
                    new[] { shortest, image.Rotation * shortest, image.Rotation * (image.Rotation * shortest) }
                )
                .SelectMany(vector => new[] { vector, -vector })
                .Distinct(),
        ];
        return from a in around
            from turn in turns
            from c in Signed([along])
            select LatticeVector.Rows(a, turn.Rotation * a, c);
    }

    private IEnumerable<IntegerMatrix3> Monoclinic(RotationAxis axis)
    {
        const double Rounding = 1e-9;
        (LatticeVector first, LatticeVector second) = axis.Plane(shape);
        LatticeVector[] plane =
        [
            .. from ofFirst in Enumerable.Range(-MonoclinicReach, (2 * MonoclinicReach) + 1)
            from ofSecond in Enumerable.Range(-MonoclinicReach, (2 * MonoclinicReach) + 1)
            where LatticeVector.Divisor(Math.Abs(ofFirst), Math.Abs(ofSecond)) == 1
            select (ofFirst * first) + (ofSecond * second),
        ];
        int volume = Math.Abs(LatticeVector.Rows(first, second, axis.Direction).Determinant);
        return from a in plane
            from c in plane
            where shape.Dot(a, c) <= Rounding * Math.Sqrt(shape.Dot(a, a) * shape.Dot(c, c))
            from b in Signed([axis.Direction])
            let basis = LatticeVector.Rows(a, b, c)
            where basis.Determinant == volume
            select basis;
    }

    private (double, double, double) ByLengths(IntegerMatrix3 basis)
    {
        MetricTensor cell = shape.In(basis);
        return (Rounded(Math.Sqrt(cell.AA)), Rounded(Math.Sqrt(cell.BB)), Rounded(Math.Sqrt(cell.CC)));
    }

    private (double, double, double) BySum(IntegerMatrix3 basis)
    {
        MetricTensor cell = shape.In(basis);
        return (Rounded(Math.Sqrt(cell.AA) + Math.Sqrt(cell.CC)), Rounded(Math.Sqrt(cell.AA)), 0);
    }

    private IEnumerable<IntegerMatrix3> Ordered(
        IEnumerable<IntegerMatrix3> bases,
        Func<IntegerMatrix3, (double, double, double)> preference
    ) =>
        bases
            .Where(basis => basis.Determinant > 0)
            .OrderBy(preference)
            .ThenBy(basis => Rounded(Farness(lattice.Transform(basis))));

    /// <summary>The sum of the squares of the distances in Å of the vectors' ends from those of the given cell.</summary>
    private double Farness(Lattice cell) =>
        (cell.A - given.A).LengthSquared + (cell.B - given.B).LengthSquared + (cell.C - given.C).LengthSquared;

    private static double Rounded(double angstrom) => Math.Round(angstrom * PerAngstrom);

    private static IEnumerable<LatticeVector> Signed(IEnumerable<LatticeVector> vectors) =>
        vectors.SelectMany(vector => new[] { vector, -vector });

    private static LatticeVector Positive(LatticeVector vector) =>
        (vector.X, vector.Y, vector.Z).CompareTo((0, 0, 0)) < 0 ? -vector : vector;
}
