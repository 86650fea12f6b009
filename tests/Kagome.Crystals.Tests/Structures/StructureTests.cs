using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Structures;

public sealed class StructureTests
{
    private const int LargestAtomCount = 8;
    private static readonly Element Iron = Element.FromSymbol("Fe");

    [Fact]
    public void Constructor_without_sites_throws() =>
        Assert.Throws<ArgumentException>(() => new Structure(Lattice.Cubic(3), []));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Constructor_position_that_is_no_number_throws_naming_the_site(double coordinate)
    {
        Site[] sites = [new(Iron, default), new(Iron, new Fractional(0.5, coordinate, 0.5))];
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Structure(Lattice.Cubic(3), sites));
        Assert.Contains("Site 1 (Fe)", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{coordinate}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_keeps_sites_as_given()
    {
        Site outside = new(Iron, new Fractional(-0.25, 1.5, 7));
        Assert.Equal([outside], new Structure(Lattice.Cubic(3), [outside]).Sites);
    }

    [Fact]
    public void Composition_counts_the_sites_in_any_order() =>
        CrystalGenerators
            .Structures(LargestAtomCount)
            .SelectMany(
                structure => CrystalGenerators.Permutations(structure.AtomCount),
                (structure, order) => (structure, order)
            )
            .Sample(
                (structure, order) =>
                {
                    Structure permuted = new(structure.Lattice, order.Select(index => structure.Sites[index]));
                    Composition composition = structure.Composition;
                    return composition.AtomCount == structure.AtomCount && composition.Equals(permuted.Composition);
                }
            );

    [Fact]
    public void VolumePerAtom_of_body_centred_iron_is_half_the_cell()
    {
        Site[] sites = [new(Iron, default), new(Iron, new Fractional(0.5, 0.5, 0.5))];
        Assert.Equal(4, new Structure(Lattice.Cubic(2), sites).VolumePerAtom);
    }
}
