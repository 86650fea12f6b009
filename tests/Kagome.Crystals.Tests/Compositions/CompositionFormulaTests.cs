using Kagome.Crystals.Compositions;

namespace Kagome.Crystals.Tests.Compositions;

public sealed class CompositionFormulaTests
{
    // order of elements: Composition.formula of pymatgen 2022.11.7, which also prints counts of 1; its reduced_formula has
    // Ca3(PO4)2 and O2 for the two that we spread out and reduce. ArHe, without electronegativities, goes by symbol: ours
    [Theory]
    [InlineData("ClNa", "NaCl", "NaCl")]
    [InlineData("Cl4Na4", "Na4Cl4", "NaCl")]
    [InlineData("O3TiSr", "SrTiO3", "SrTiO3")]
    [InlineData("O4Li2Fe2", "Li2Fe2O4", "LiFeO2")]
    [InlineData("Si8", "Si8", "Si")]
    [InlineData("O2", "O2", "O")]
    [InlineData("Ca3(PO4)2", "Ca3P2O8", "Ca3P2O8")]
    [InlineData("H2O", "H2O", "H2O")]
    [InlineData("ArHe", "ArHe", "ArHe")]
    public void Formula_lists_electropositive_elements_first(string text, string formula, string reduced)
    {
        Composition composition = FormulaParser.Parse(text);
        Assert.Equal(
            (formula, reduced, formula),
            (composition.Formula, composition.ReducedFormula, composition.ToString())
        );
    }
}
