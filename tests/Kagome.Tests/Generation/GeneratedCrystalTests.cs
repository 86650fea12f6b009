using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Testing;

namespace Kagome.Tests.Generation;

public sealed class GeneratedCrystalTests
{
    private static readonly Cartesian A = new(4, 0, 0);
    private static readonly Cartesian B = new(0, 5, 0);
    private static readonly Cartesian C = new(0, 0, 6);

    public static TheoryData<Cartesian, Cartesian, Cartesian> Broken =>
        new()
        {
            { A, B, A + B },
            { A, B, new(0, 0, 0) },
            { A, A, A },
            { A, B, A + B + new Cartesian(0, 0, 1e-12) },
            { new(double.NaN, 0, 0), B, C },
            { A, new(double.PositiveInfinity, 0, 0), C },
            { new(1e200, 0, 0), new(0, 1e200, 0), new(0, 0, 1e200) },
            { new(1e-200, 0, 0), new(0, 1e-200, 0), new(0, 0, 1e-200) },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public void From_vectors_that_make_no_cell_says_why_instead_of_a_structure(Cartesian a, Cartesian b, Cartesian c)
    {
        GeneratedCrystal crystal = GeneratedCrystal.From(a, b, c, () => [Sodium(0, 0, 0)]);
        Assert.Null(crystal.Structure);
        Assert.False(string.IsNullOrEmpty(crystal.Problem));
    }

    [Fact]
    public void From_positions_that_are_not_finite_says_which_site()
    {
        GeneratedCrystal crystal = GeneratedCrystal.From(A, B, C, () => [Sodium(0, 0, 0), Sodium(double.NaN, 0, 0)]);
        Assert.Null(crystal.Structure);
        Assert.Contains("Site 1 (Na)", crystal.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void From_long_cell_vectors_gives_the_shortest_cell_of_the_same_crystal()
    {
        GeneratedCrystal crystal = GeneratedCrystal.From(
            A,
            B + (2 * A),
            C - B,
            () => [Sodium(0, 0, 0), Sodium(0.25, 0.5, 0.5)]
        );
        Assert.Null(crystal.Problem);
        StructureAssert.AreEqual(
            new LatticeParameters(4, 5, 6, 90, 90, 90),
            crystal.Structure!.Lattice.Parameters,
            StructureTolerance.Rounding
        );
        // the second atom lies at (5, 0, 3) Å of the first, which is (1, 0, 3) from its next image
        Assert.Equal(Math.Sqrt(10), Distance(crystal.Structure), StructureTolerance.Rounding.Angstrom);
    }

    [Fact]
    public void From_left_handed_vectors_gives_a_right_handed_cell()
    {
        GeneratedCrystal crystal = GeneratedCrystal.From(B, A, C, () => [Sodium(0, 0, 0)]);
        Assert.Equal(120, crystal.Structure!.Lattice.Determinant, StructureTolerance.Rounding.Angstrom);
    }

    private static Site Sodium(double x, double y, double z) => new(Element.FromSymbol("Na"), new Fractional(x, y, z));

    /// <summary>From the first site to the nearest image of the second, in Å, in an orthogonal cell.</summary>
    private static double Distance(Structure structure) =>
        structure
            .Lattice.ToCartesian((structure.Sites[1].Position - structure.Sites[0].Position).WrapToNearest())
            .Length;
}
