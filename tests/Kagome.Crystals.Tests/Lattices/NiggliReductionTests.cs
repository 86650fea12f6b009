using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Tests.Lattices;

public sealed class NiggliReductionTests
{
    private const double LengthTolerance = 1e-6;
    private const double AngleToleranceDegrees = 1e-5;
    private const double RelativeVolumeTolerance = 1e-9;

    // two lengths, or an angle and 90°, that differ by less than ε (about 1e-4 Å²) are equal to the reduction
    private const double EqualLengthTolerance = 1e-3;
    private const double EqualAngleToleranceDegrees = 0.05;

    // Reference: pymatgen 2022.11.7, Lattice.from_parameters(…).get_niggli_reduced_lattice().parameters
    [Theory]
    [InlineData(5.64, 5.64, 5.64, 90, 90, 90, 5.64, 5.64, 5.64, 90, 90, 90)]
    [InlineData(3.99, 3.99, 3.99, 60, 60, 60, 3.99, 3.99, 3.99, 60, 60, 60)]
    [InlineData(3.2, 3.2, 5.2, 90, 90, 120, 3.2, 3.2, 5.2, 90, 90, 120)]
    [InlineData(4, 5, 6, 70, 80, 85, 4, 5, 6, 70, 80, 85)]
    [InlineData(3, 3, 20, 90, 90, 60, 3, 3, 20, 90, 90, 120)]
    [InlineData(4, 4, 4, 75, 75, 75, 4, 4, 4, 75, 75, 75)]
    // csharpier-ignore-start
    [InlineData(
        9.27964835,
        7.80981528,
        6.51134188,
        92.66247181,
        103.1834768,
        28.12147091,
        4.389884442,
        6.231510563,
        7.80981528,
        89.33883149,
        85.10782142,
        73.31815881
    )]
    [InlineData(
        5.74985272,
        3.9729424,
        3.99524765,
        89.35283958,
        135.47618281,
        89.81956266,
        3.9729424,
        3.99524765,
        4.033174743,
        91.47989932,
        90.89833599,
        90.64716042
    )]
    [InlineData(12.1, 4.1, 9.3, 40, 130, 97, 4.1, 6.073952711, 6.33188554, 103.7389057, 94.29138735, 100.2017476)]
    [InlineData(3, 4.2, 7.9, 101, 93, 115, 3, 3.998752281, 7.9, 76.13257129, 87, 72.16081608)]
    [InlineData(25, 3, 3.3, 9, 91, 88, 0.5777290509, 2.687494212, 23.58241762, 92.05782469, 90.2548061, 94.08382587)]
    // csharpier-ignore-end
    public void Reduce_known_cells_agrees_with_pymatgen(
        double a,
        double b,
        double c,
        double alpha,
        double beta,
        double gamma,
        double reducedA,
        double reducedB,
        double reducedC,
        double reducedAlpha,
        double reducedBeta,
        double reducedGamma
    )
    {
        Lattice lattice = Lattice.FromParameters(new(a, b, c, alpha, beta, gamma));
        AssertParameters(
            new(reducedA, reducedB, reducedC, reducedAlpha, reducedBeta, reducedGamma),
            NiggliReduction.Reduce(lattice).Lattice.Parameters
        );
    }

    // Reference: rows of get_niggli_reduced_lattice().matrix in the given vectors, pymatgen 2022.11.7
    [Theory]
    [InlineData(9.76238048, 9.76238048, 5.636313, 106.77865488, 90, 146.44269023, "-1 -1 -1; -1 -1 0; -1 0 0")]
    [InlineData(4.2, 4.2, 4.2, 60, 60, 60, "0 1 0; 0 1 -1; -1 1 0")]
    [InlineData(4.2, 4.2, 7.5, 90, 90, 120, "-1 -1 0; 0 1 0; 0 0 -1")]
    [InlineData(6.1, 4.2, 4.2, 60, 90, 90, "0 1 0; 0 -1 1; 1 0 0")]
    // two that keep angles of both kinds
    [InlineData(9.18299433, 8.188374, 31.84788732, 90, 15.74578801, 90, "0 -1 0; -1 0 0; 3 0 -1")]
    [InlineData(12.0516519, 6.57162788, 10.5322906, 91.27188229, 149.66618783, 88.83655905, "-1 0 -1; 0 1 0; 0 0 -1")]
    public void Reduce_pymatgen_convention_picks_the_vectors_that_pymatgen_picks(
        double a,
        double b,
        double c,
        double alpha,
        double beta,
        double gamma,
        string expected
    )
    {
        Lattice lattice = Lattice.FromParameters(new(a, b, c, alpha, beta, gamma));
        IntegerMatrix3 transform = NiggliReduction.Reduce(lattice, convention: NiggliConvention.Pymatgen).Transform;
        IEnumerable<string> rows = Enumerable
            .Range(0, 3)
            .Select(row => $"{transform[row, 0]} {transform[row, 1]} {transform[row, 2]}");
        Assert.Equal(expected, string.Join("; ", rows));
    }

    /// <summary>A cell of a distorted caesium chloride type on which the steps go round in circles where products are not looked at again.</summary>
    [Fact]
    public void Reduce_where_pymatgens_steps_have_no_end_still_gives_a_short_cell()
    {
        Lattice lattice = new(
            new Cartesian(1.4161954409642696, -1.4151404790914097, 1.4451995504178154),
            new Cartesian(-2.8327349789735496, 0, -0.0003451444967528526),
            new Cartesian(0, 0, -2.88971)
        );
        LatticeParameters reduced = NiggliReduction
            .Reduce(lattice, convention: NiggliConvention.Pymatgen)
            .Lattice.Parameters;
        Assert.Equal(lattice.Volume, reduced.Volume, 1e-9);
        Assert.All([reduced.A, reduced.B, reduced.C], length => Assert.InRange(length, 2.4687, 2.4692)); // as pymatgen's, 2.4692 each
    }

    [Fact]
    public void Reduce_any_lattice_keeps_volume_and_makes_it_right_handed() =>
        UnreducedCrystals.Lattice.Sample(lattice =>
        {
            ReducedLattice reduced = NiggliReduction.Reduce(lattice);
            Assert.Equal(1, reduced.Lattice.Determinant / lattice.Volume, RelativeVolumeTolerance);
            Assert.Equal(Math.Sign(lattice.Determinant), reduced.Transform.Determinant);
        });

    [Fact]
    public void Reduce_any_lattice_is_what_the_transform_makes() =>
        UnreducedCrystals.Lattice.Sample(lattice =>
        {
            ReducedLattice reduced = NiggliReduction.Reduce(lattice);
            Lattice made = lattice.Transform(reduced.Transform);
            Assert.Equal(0, (made.A - reduced.Lattice.A).Length, LengthTolerance);
            Assert.Equal(0, (made.B - reduced.Lattice.B).Length, LengthTolerance);
            Assert.Equal(0, (made.C - reduced.Lattice.C).Length, LengthTolerance);
        });

    [Fact]
    public void Reduce_any_lattice_meets_the_conditions_of_Niggli() =>
        UnreducedCrystals.Lattice.Sample(lattice => AssertIsNiggli(NiggliReduction.Reduce(lattice).Lattice));

    [Fact]
    public void Reduce_any_description_of_a_lattice_gives_the_same_cell() =>
        Gen.Select(UnreducedCrystals.Lattice, UnreducedCrystals.Unimodular)
            .Sample(
                (lattice, matrix) =>
                    AssertParameters(
                        NiggliReduction.Reduce(lattice).Lattice.Parameters,
                        NiggliReduction.Reduce(lattice.Transform(matrix)).Lattice.Parameters,
                        EqualLengthTolerance,
                        EqualAngleToleranceDegrees
                    )
            );

    [Fact]
    public void Reduce_position_lies_at_the_same_place() =>
        Gen.Select(UnreducedCrystals.Lattice, UnreducedCrystals.Position)
            .Sample(
                (lattice, position) =>
                {
                    ReducedLattice reduced = NiggliReduction.Reduce(lattice);
                    Fractional inReduced = reduced.FromOriginal(position);
                    Cartesian moved = reduced.Lattice.ToCartesian(inReduced) - lattice.ToCartesian(position);
                    Assert.Equal(0, moved.Length, LengthTolerance);
                    Assert.Equal(
                        0,
                        lattice.ToCartesian(reduced.ToOriginal(inReduced) - position).Length,
                        LengthTolerance
                    );
                }
            );

    [Theory]
    [InlineData(1e-4, 1, 1e4)]
    [InlineData(1e-3, 1e4, 1e4)]
    [InlineData(1e-60, 1e-60, 1e-60)]
    [InlineData(1e60, 1e60, 1e60)]
    public void Reduce_extreme_edges_keeps_volume(double a, double b, double c)
    {
        Lattice lattice = Lattice.FromParameters(new(a, b, c, 80, 75, 95));
        Assert.Equal(1, NiggliReduction.Reduce(lattice).Lattice.Volume / lattice.Volume, RelativeVolumeTolerance);
    }

    [Fact]
    public void TryReduce_vectors_beyond_double_precision_fails_without_a_hang()
    {
        Lattice needle = new(new(1e-100, 0, 0), new(1, 1e-100, 0), new(1, 1, 1e200));
        Assert.False(NiggliReduction.TryReduce(needle, out _));
        ArgumentException error = Assert.Throws<ArgumentException>(() => NiggliReduction.Reduce(needle));
        Assert.Contains("1E-100", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reduce_negative_tolerance_names_it() =>
        Assert.Contains(
            "-1",
            Assert.Throws<ArgumentOutOfRangeException>(() => NiggliReduction.Reduce(Lattice.Cubic(4), -1)).Message,
            StringComparison.Ordinal
        );

    private static void AssertParameters(
        LatticeParameters expected,
        LatticeParameters actual,
        double lengthTolerance = LengthTolerance,
        double angleToleranceDegrees = AngleToleranceDegrees
    )
    {
        Assert.Equal(expected.A, actual.A, lengthTolerance);
        Assert.Equal(expected.B, actual.B, lengthTolerance);
        Assert.Equal(expected.C, actual.C, lengthTolerance);
        Assert.Equal(expected.Alpha, actual.Alpha, angleToleranceDegrees);
        Assert.Equal(expected.Beta, actual.Beta, angleToleranceDegrees);
        Assert.Equal(expected.Gamma, actual.Gamma, angleToleranceDegrees);
    }

    /// <summary>International Tables for Crystallography A, section 3.1.3: the main conditions, up to the tolerance.</summary>
    private static void AssertIsNiggli(Lattice lattice)
    {
        double epsilon = 2 * NiggliReduction.DefaultRelativeTolerance * Math.Cbrt(lattice.Volume);
        (Cartesian a, Cartesian b, Cartesian c) = (lattice.A, lattice.B, lattice.C);
        (double bc, double ac, double ab) = (b.Dot(c), a.Dot(c), a.Dot(b));
        Assert.True(a.LengthSquared <= b.LengthSquared + epsilon);
        Assert.True(b.LengthSquared <= c.LengthSquared + epsilon);
        Assert.True(Math.Abs(bc) <= (b.LengthSquared / 2) + epsilon);
        Assert.True(Math.Abs(ac) <= (a.LengthSquared / 2) + epsilon);
        Assert.True(Math.Abs(ab) <= (a.LengthSquared / 2) + epsilon);
        bool isAcute = bc > -epsilon && ac > -epsilon && ab > -epsilon;
        bool isObtuse = bc < epsilon && ac < epsilon && ab < epsilon;
        Assert.True(isAcute || isObtuse);
        bool isDiagonalLong = -(bc + ac + ab) <= ((a.LengthSquared + b.LengthSquared) / 2) + epsilon;
        Assert.True(isDiagonalLong);
    }
}
