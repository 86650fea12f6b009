using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Structures;

public sealed class CellFitTests
{
    private const double Edge = 5.5;

    private static readonly LatticeParameters Conventional = new(5.64, 5.64, 5.64, 90, 90, 90);

    private static readonly Structure RockSalt = new(
        new Lattice(new(0, Edge / 2, Edge / 2), new(Edge / 2, 0, Edge / 2), new(Edge / 2, Edge / 2, 0)),
        [new(Element.FromSymbol("Na"), default), new(Element.FromSymbol("Cl"), new(0.5, 0.5, 0.5))]
    );

    [Fact]
    public void Find_in_a_conventional_cell_has_exactly_that_cell_and_its_symmetry()
    {
        Structure fitted = CellFit.Find(RockSalt, Conventional, 0.03, 0.25)!;
        Assert.Equal(2, fitted.AtomCount);
        CrystalSymmetry symmetry = new SymmetryFinder(1e-5).Find(fitted)!;
        Assert.Equal(225, symmetry.Group.Number);
        Assert.Equal(5.64, symmetry.ConventionalCell.Lattice.Parameters.A, 1e-9);
        Assert.True(
            new StructureMatcher(MatcherOptions.Default)
                .Compare(fitted, RockSalt, TestContext.Current.CancellationToken)
                .IsMatch
        );
    }

    [Fact]
    public void Find_in_a_cell_a_little_out_of_shape_takes_it()
    {
        LatticeParameters measured = new(5.64, 5.65, 5.66, 90, 90.2, 90);
        Structure fitted = CellFit.Find(RockSalt, measured, 0.03, 0.25)!;
        Assert.Equal(measured.Volume, 4 * fitted.Lattice.Volume, 1e-6);
    }

    [Theory]
    [InlineData(5.64, 5.64, 6.1, 90, 90)] // another shape
    [InlineData(5.64, 5.64, 5.64, 90, 95)] // another angle
    [InlineData(7.5, 7.5, 7.5, 90, 90)] // more than a quarter too large, for four formula units
    [InlineData(1, 1, 1, 90, 90)]
    [InlineData(1e6, 1e-3, 5, 90, 90)]
    public void Find_in_a_cell_that_is_not_the_crystals_is_null(
        double a,
        double b,
        double c,
        double alpha,
        double beta
    ) => Assert.Null(CellFit.Find(RockSalt, new LatticeParameters(a, b, c, alpha, beta, 90), 0.03, 0.25));
}
