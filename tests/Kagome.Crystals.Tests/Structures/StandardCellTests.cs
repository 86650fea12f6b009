using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Structures;

public sealed class StandardCellTests
{
    private const double Edge = 5.64;

    [Fact]
    public void Of_the_conventional_and_the_primitive_cell_of_rock_salt_is_the_same_cell()
    {
        Structure conventional = new(
            Lattice.Cubic(Edge),
            new[] { (0.0, 0.0, 0.0), (0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5) }.SelectMany(at =>
                new[] { Site("Na", at.Item1, at.Item2, at.Item3), Site("Cl", at.Item1 + 0.5, at.Item2, at.Item3) }
            )
        );
        double half = Edge / 2;
        Structure primitive = new(
            new Lattice(new(0, half, half), new(half, 0, half), new(half, half, 0)),
            [Site("Na", 0, 0, 0), Site("Cl", 0.5, 0.5, 0.5)]
        );
        Structure standard = StandardCell.Of(conventional, TestContext.Current.CancellationToken);
        Assert.Equal(2, standard.AtomCount);
        StructureAssert.AreEqual(
            new LatticeParameters(Edge / Math.Sqrt(2), Edge / Math.Sqrt(2), Edge / Math.Sqrt(2), 60, 60, 60),
            standard.Lattice.Parameters,
            StructureTolerance.Rounding
        );
        StructureAssert.AreEqual(
            StandardCell.Of(primitive, TestContext.Current.CancellationToken).Lattice.Parameters,
            standard.Lattice.Parameters,
            StructureTolerance.Rounding
        );
    }

    [Fact]
    public void Of_a_cell_that_is_displaced_by_more_than_rounding_keeps_its_atoms()
    {
        Structure distorted = new(
            Lattice.Cubic(4),
            [Site("Po", 0, 0, 0), Site("Po", 0.5, 0.5, 0.52)] // body-centred but for 0.08 Å
        );
        Assert.Equal(2, StandardCell.Of(distorted, TestContext.Current.CancellationToken).AtomCount);
    }

    [Fact]
    public void Of_positions_outside_the_cell_wraps_them()
    {
        Structure structure = new(Lattice.Cubic(4), [Site("Po", -0.25, 1.5, 3)]);
        Assert.All(
            StandardCell.Of(structure, TestContext.Current.CancellationToken).Sites,
            site => Assert.Equal(site.Position.Wrap(), site.Position)
        );
    }

    private static Site Site(string symbol, double x, double y, double z) =>
        new(Element.FromSymbol(symbol), new Fractional(x, y, z));
}
