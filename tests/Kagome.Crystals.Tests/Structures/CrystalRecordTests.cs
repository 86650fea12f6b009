using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Structures;

public sealed class CrystalRecordTests
{
    private static readonly Structure Polonium = new(
        Lattice.Cubic(3.34),
        [new Site(Element.FromSymbol("Po"), default), new Site(Element.FromSymbol("Po"), new(0.5, 0.5, 0.5))]
    );

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void Id_where_there_is_none_is_the_formula(string? id) =>
        Assert.Equal("Po2", new CrystalRecord(id!, Polonium).Id);

    [Fact]
    public void Id_that_is_taken_away_is_the_formula() =>
        Assert.Equal("Po2", (new CrystalRecord("mp-1", Polonium) with { Id = "" }).Id);

    [Fact]
    public void Id_that_is_given_is_kept() => Assert.Equal("mp-1", new CrystalRecord("mp-1", Polonium).Id);
}
