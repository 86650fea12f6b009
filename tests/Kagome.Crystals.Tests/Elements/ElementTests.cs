using Kagome.Crystals.Elements;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Elements;

public sealed class ElementTests
{
    [Fact]
    public void FromSymbol_gives_every_element_back() =>
        Assert.All(Element.All, element => Assert.Equal(element, Element.FromSymbol(element.Symbol)));

    [Fact]
    public void All_holds_118_different_symbols() =>
        Assert.Equal(118, Element.All.Select(element => element.Symbol).Distinct(StringComparer.Ordinal).Count());

    /// <summary>One of each block and both ends. Reference: IUPAC periodic table.</summary>
    [Theory]
    [InlineData(1, "H")]
    [InlineData(11, "Na")]
    [InlineData(26, "Fe")]
    [InlineData(57, "La")]
    [InlineData(82, "Pb")]
    [InlineData(92, "U")]
    [InlineData(118, "Og")]
    public void Symbol_of_an_atomic_number(int atomicNumber, string symbol) =>
        Assert.Equal(symbol, new Element(atomicNumber).Symbol);

    [Theory]
    [InlineData("Xx")]
    [InlineData("na")]
    [InlineData("")]
    public void FromSymbol_unknown_symbol_throws_naming_it(string symbol)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Element.FromSymbol(symbol));
        Assert.Contains($"'{symbol}'", error.Message, StringComparison.Ordinal);
        Assert.False(Element.TryFromSymbol(symbol, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(119)]
    [InlineData(-1)]
    public void Constructor_number_of_no_element_throws_naming_it(int atomicNumber)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => new Element(atomicNumber));
        Assert.Contains($"is {atomicNumber};", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CompareTo_orders_by_atomic_number() =>
        Gen.Select(CrystalGenerators.Elements, CrystalGenerators.Elements)
            .Sample(
                (first, second) =>
                    Math.Sign(first.CompareTo(second)) == Math.Sign(first.AtomicNumber - second.AtomicNumber)
            );

    [Fact]
    public void Default_value_is_no_element_and_its_symbol_throws()
    {
        Assert.Equal("no element", default(Element).ToString());
        Assert.ThrowsAny<Exception>(() => default(Element).Symbol);
    }
}
