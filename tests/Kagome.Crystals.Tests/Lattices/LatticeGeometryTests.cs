using Kagome.Crystals.Lattices;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Lattices;

public sealed class LatticeGeometryTests
{
    /// <summary>Of numbers of the size of 1 after a dozen roundings in a well-conditioned cell.</summary>
    private const double Rounding = 1e-11;

    /// <summary>Of volumes, which reach a few thousand Å³.</summary>
    private const double RelativeRounding = 1e-11;

    private static readonly Lattice Skewed = new(new(3, 0, 0.5), new(-1, 4, 0), new(0.2, 0.3, 5));

    [Fact]
    public void FromParameters_gives_the_parameters_back() =>
        CrystalGenerators.Parameters.Sample(parameters =>
            StructureAssert.AreEqual(
                parameters,
                Lattice.FromParameters(parameters).Parameters,
                StructureTolerance.Rounding
            )
        );

    [Fact]
    public void FromParameters_any_cell_is_right_handed_with_c_along_z_and_a_in_the_xz_plane() =>
        CrystalGenerators.Parameters.Sample(parameters =>
        {
            Lattice lattice = Lattice.FromParameters(parameters);
            return lattice.Determinant > 0
                && lattice.C == new Cartesian(0, 0, parameters.C)
                && lattice.A.Y == 0
                && lattice.A.X > 0;
        });

    /// <summary>Reference: repr of pymatgen 2022.11.7's Lattice.from_parameters(…).matrix and .volume.</summary>
    [Fact]
    public void FromParameters_triclinic_cell_equals_pymatgen()
    {
        Lattice lattice = Lattice.FromParameters(new LatticeParameters(3.1, 4.2, 5.3, 71, 82, 103));
        Lattice expected = new(
            new(3.069831013098868, 0, 0.43143661297620306),
            new(-1.146253068758679, 3.8021518577211784, 1.3673862487200585),
            new(0, 0, 5.3)
        );
        StructureAssert.AreEqual(expected, lattice, StructureTolerance.Rounding);
        AssertRelative(61.861407553522916, lattice.Volume);
    }

    /// <summary>Reference: as above.</summary>
    [Fact]
    public void FromParameters_rhombohedral_cell_equals_pymatgen()
    {
        Lattice lattice = Lattice.FromParameters(new LatticeParameters(5.7, 5.7, 5.7, 60, 60, 60));
        Lattice expected = new(
            new(4.936344801571299, 0, 2.8500000000000005),
            new(1.6454482671904336, 4.654030511288038, 2.8500000000000005),
            new(0, 0, 5.7)
        );
        StructureAssert.AreEqual(expected, lattice, StructureTolerance.Rounding);
        AssertRelative(130.95122612828027, lattice.Volume);
    }

    [Theory]
    [InlineData(5, 5, 5, 100, 130, 131, "100, 130, 131")]
    [InlineData(5, 5, 5, 60, 50, 111, "60, 50, 111")]
    [InlineData(5, 5, 5, 90, 180, 90, "beta is 180")]
    [InlineData(5, 5, 5, 90, 90, -30, "gamma is -30")]
    [InlineData(5, -2, 5, 90, 90, 90, "b is -2")]
    [InlineData(0, 5, 5, 90, 90, 90, "a is 0")]
    [InlineData(5, 5, double.NaN, 90, 90, 90, "c is NaN")]
    [InlineData(5, 5, double.PositiveInfinity, 90, 90, 90, "c is Infinity")]
    public void FromParameters_impossible_cell_throws_with_the_value(
        double a,
        double b,
        double c,
        double alpha,
        double beta,
        double gamma,
        string named
    )
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            Lattice.FromParameters(new LatticeParameters(a, b, c, alpha, beta, gamma))
        );
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_flat_lattice_throws_with_its_vectors_and_volume()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new Lattice(new(1, 0, 0), new(0, 2.5, 0), new(1, 2.5, 0))
        );
        Assert.Contains("2.5", error.Message, StringComparison.Ordinal);
        Assert.Contains("the volume 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_entry_that_is_no_number_throws_with_it(double entry)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new Lattice(new(entry, 0, 0), new(0, 1, 0), new(0, 0, 1))
        );
        Assert.Contains($"({entry}, 0, 0)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Volume_equals_that_of_the_parameters() =>
        CrystalGenerators.Lattices.Sample(lattice => AssertRelative(lattice.Parameters.Volume, lattice.Volume));

    [Fact]
    public void Determinant_of_swapped_vectors_changes_its_sign_and_the_volume_stays()
    {
        Lattice swapped = new(Skewed.B, Skewed.A, Skewed.C);
        AssertRelative(-Skewed.Determinant, swapped.Determinant);
        AssertRelative(Skewed.Volume, swapped.Volume);
    }

    [Fact]
    public void Reciprocal_vectors_have_products_of_one_and_zero_with_the_lattice() =>
        CrystalGenerators.Lattices.Sample(lattice =>
        {
            Cartesian[] direct = [lattice.A, lattice.B, lattice.C];
            Lattice reciprocal = lattice.Reciprocal;
            Cartesian[] dual = [reciprocal.A, reciprocal.B, reciprocal.C];
            for (int row = 0; row < 3; row++)
            {
                for (int column = 0; column < 3; column++)
                {
                    Assert.Equal(row == column ? 1 : 0, direct[row].Dot(dual[column]), Rounding);
                }
            }
        });

    [Fact]
    public void Reciprocal_of_the_reciprocal_is_the_lattice() =>
        CrystalGenerators.Lattices.Sample(lattice =>
            StructureAssert.AreEqual(lattice, lattice.Reciprocal.Reciprocal, StructureTolerance.Rounding)
        );

    [Fact]
    public void ToFractional_undoes_ToCartesian() =>
        Gen.Select(CrystalGenerators.Lattices, CrystalGenerators.Positions)
            .Sample(
                (lattice, position) =>
                {
                    Fractional back = lattice.ToFractional(lattice.ToCartesian(position));
                    Assert.Equal(position.X, back.X, Rounding);
                    Assert.Equal(position.Y, back.Y, Rounding);
                    Assert.Equal(position.Z, back.Z, Rounding);
                }
            );

    [Fact]
    public void ToCartesian_adds_up_the_vectors()
    {
        Cartesian position = Skewed.ToCartesian(new Fractional(1, 2, -1));
        Assert.Equal(0, (position - new Cartesian(0.8, 7.7, -4.5)).Length, Rounding);
    }

    [Fact]
    public void Parameters_of_a_turned_lattice_stay() =>
        Gen.Select(CrystalGenerators.Lattices, CrystalGenerators.Rotations)
            .Sample(
                (lattice, rotation) =>
                    StructureAssert.AreEqual(
                        lattice.Parameters,
                        CrystalGenerators.Rotate(lattice, rotation).Parameters,
                        StructureTolerance.Rounding
                    )
            );

    [Fact]
    public void Transform_makes_new_vectors_from_the_matrix_rows()
    {
        Lattice transformed = Skewed.Transform(new IntegerMatrix3(1, 1, 0, 0, 1, -1, 0, 0, 2));
        Lattice expected = new(Skewed.A + Skewed.B, Skewed.B - Skewed.C, 2 * Skewed.C);
        StructureAssert.AreEqual(expected, transformed, StructureTolerance.Rounding);
        AssertRelative(2 * Skewed.Volume, transformed.Volume);
    }

    [Fact]
    public void ScaleToVolume_reaches_the_volume_and_keeps_the_angles() =>
        Gen.Select(CrystalGenerators.Lattices, Gen.Double[1, 1000])
            .Sample(
                (lattice, volume) =>
                {
                    Lattice scaled = lattice.ScaleToVolume(volume);
                    AssertRelative(volume, scaled.Volume);
                    double ratio = scaled.A.Length / lattice.A.Length;
                    LatticeParameters before = lattice.Parameters;
                    LatticeParameters expected = before with
                    {
                        A = ratio * before.A,
                        B = ratio * before.B,
                        C = ratio * before.C,
                    };
                    StructureAssert.AreEqual(expected, scaled.Parameters, StructureTolerance.Rounding);
                }
            );

    private static void AssertRelative(double expected, double actual) =>
        Assert.Equal(expected, actual, RelativeRounding * Math.Abs(expected));
}
