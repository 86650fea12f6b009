using Kagome.Crystals.Elements;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.Text;

public sealed class AtomLabelTests
{
    [Theory]
    [InlineData("Na1", "Na")]
    [InlineData("Fe3A", "Fe")]
    [InlineData("Cl(1)", "Cl")]
    [InlineData("MgM1", "Mg")]
    [InlineData("SiT1m", "Si")]
    [InlineData("Mg_M1", "Mg")]
    [InlineData("OW2", "O")]
    [InlineData("Ow2", "O")]
    [InlineData("Oap", "O")]
    [InlineData("OB0", "O")]
    [InlineData("OBm", "O")]
    [InlineData("HN1", "H")]
    [InlineData("O1W", "O")]
    [InlineData("C1S", "C")]
    [InlineData("D", "H")]
    [InlineData("W1", "W")]
    [InlineData("V", "V")]
    public void TryParse_element_with_a_position_behind_it_is_the_element(string label, string expected)
    {
        Assert.True(AtomLabel.TryParse(label, out Element element, out string? problem), problem);
        Assert.Equal(expected, element.Symbol);
    }

    [Theory]
    [InlineData("CO1", "either of two")]
    [InlineData("NH3", "either of two")]
    [InlineData("Nb,Zr", "several elements")]
    [InlineData("nb/zr", "several elements")]
    [InlineData("(Mg,Fe)1", "several elements")]
    [InlineData("Nb0.5Zr0.5", "several elements")]
    [InlineData("Si0.7P0.3", "several elements")]
    [InlineData("FeMg", "several elements")]
    [InlineData("KNa2", "several elements")]
    [InlineData("Fe1Mo2", "several elements")]
    [InlineData("H2O", "dummy")]
    [InlineData("HOH", "either of two")]
    [InlineData("Wat1", "dummy")]
    [InlineData("Du1", "dummy")]
    [InlineData("D1", "dummy")]
    [InlineData("Va1", "dummy")]
    [InlineData("VAC", "dummy")]
    [InlineData("Vi", "dummy")]
    [InlineData("X1", "dummy")]
    [InlineData("Q1", "dummy")]
    [InlineData("T1", "dummy")]
    [InlineData("Cg1", "dummy")]
    [InlineData("Carbon1", "no element")]
    [InlineData("Site1", "no element")]
    [InlineData("Void", "no element")]
    [InlineData("Phenyl", "no element")]
    [InlineData("SOL", "no element")]
    [InlineData("1", "no element")]
    [InlineData("", "no element")]
    public void TryParse_label_that_tells_no_element_says_why(string label, string expected)
    {
        Assert.False(AtomLabel.TryParse(label, out _, out string? problem));
        Assert.Contains(expected, problem!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("(3)")]
    [InlineData("1a")]
    [InlineData("_M2")]
    public void TryParse_every_element_with_an_ending_is_that_element(string ending) =>
        Assert.All(
            Element.All,
            element =>
            {
                Assert.True(AtomLabel.TryParse($"{element}{ending}", out Element found, out string? problem), problem);
                Assert.Equal(element, found);
            }
        );
}
