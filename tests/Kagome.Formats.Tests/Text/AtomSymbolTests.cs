using Kagome.Crystals.Elements;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.Text;

public sealed class AtomSymbolTests
{
    private static readonly string[] Endings =
    [
        "",
        "+",
        "2+",
        "3-",
        "-2",
        "1.5+",
        "+++",
        "(2+)",
        "7",
        "_pv",
        "_sv_GW",
        "/0a1b2c",
    ];

    [Theory]
    [InlineData("Na", "Na")]
    [InlineData("NA", "Na")]
    [InlineData("cl", "Cl")]
    [InlineData("CO", "Co")]
    [InlineData("D", "H")]
    [InlineData("D1+", "H")]
    [InlineData("2H", "H")]
    [InlineData("57Fe", "Fe")]
    [InlineData("Fe12", "Fe")]
    [InlineData("O2-", "O")]
    [InlineData("O2-.", "O")]
    [InlineData("Fe+2.667", "Fe")]
    [InlineData("Fe3+,spin=-5", "Fe")]
    [InlineData("Li_sv_GW", "Li")]
    [InlineData("O_s", "O")]
    [InlineData("C_h", "C")]
    [InlineData("Ce_3", "Ce")]
    [InlineData("Ge_d/3f2a9c01", "Ge")]
    [InlineData("H1.25", "H")]
    [InlineData("H.5", "H")]
    public void TryParse_symbol_with_what_is_written_to_it_is_the_element(string text, string expected)
    {
        Assert.True(AtomSymbol.TryParse(text, out Element element));
        Assert.Equal(expected, element.Symbol);
    }

    [Fact]
    public void TryParse_every_element_with_every_ending_is_that_element() =>
        Gen.Select(Gen.Int[1, Element.LargestAtomicNumber], Gen.Int[0, Endings.Length - 1])
            .Sample(
                (number, index) =>
                {
                    string ending = Endings[index];
                    Element expected = new(number);
                    Assert.True(
                        AtomSymbol.TryParse(expected.Symbol + ending, out Element element),
                        expected.Symbol + ending
                    );
                    Assert.Equal(expected, element);
                },
                seed: "0N0XIzNsQ0O2",
                iter: 2000,
                threads: 1
            );

    [Theory]
    [InlineData("")]
    [InlineData("NH3")]
    [InlineData("NH")]
    [InlineData("NH4+")]
    [InlineData("NO")]
    [InlineData("CN-")]
    [InlineData("CO3")]
    [InlineData("PO4")]
    [InlineData("H2O")]
    [InlineData("H3O+")]
    [InlineData("OH")]
    [InlineData("OH-")]
    [InlineData("Wat")]
    [InlineData("Du")]
    [InlineData("D1")]
    [InlineData("Va")]
    [InlineData("Vac")]
    [InlineData("X")]
    [InlineData("Q")]
    [InlineData("T")]
    [InlineData("T1")]
    [InlineData("Nb,Zr")]
    [InlineData("Nb/Zr")]
    [InlineData("Nb_Zr")]
    [InlineData("Nb0.5Zr0.5")]
    [InlineData("FeMg")]
    [InlineData("Carbon")]
    [InlineData("diamond")]
    [InlineData("2O")]
    [InlineData("Fe_other")]
    [InlineData("O1.25")]
    [InlineData("Fe++++++")]
    public void TryParse_group_dummy_or_word_is_no_element(string text) =>
        Assert.False(AtomSymbol.TryParse(text, out _));

    [Theory]
    [InlineData("Na", true)]
    [InlineData("Fe_pv", true)]
    [InlineData("IN", false)]
    [InlineData("as", false)]
    [InlineData("Fe2", false)]
    [InlineData("Fe2+", false)]
    [InlineData("POSCAR", false)]
    public void TryParseExact_takes_the_usual_spelling_alone(string text, bool expected) =>
        Assert.Equal(expected, AtomSymbol.TryParseExact(text, out _));
}
