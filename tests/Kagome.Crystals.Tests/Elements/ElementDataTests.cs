using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Tests.Elements;

public sealed class ElementDataTests
{
    [Fact]
    public void All_rows_are_in_order_of_atomic_number() =>
        Assert.Equal(Enumerable.Range(1, 118), ElementData.All.Select(element => element.AtomicNumber));

    // reference: IUPAC periodic table of 2022
    [Theory]
    [InlineData("H", 1, "Hydrogen", 1, 1, ElementBlock.S, 1)]
    [InlineData("He", 2, "Helium", 18, 1, ElementBlock.S, 2)]
    [InlineData("O", 8, "Oxygen", 16, 2, ElementBlock.P, 6)]
    [InlineData("Al", 13, "Aluminium", 13, 3, ElementBlock.P, 3)]
    [InlineData("Ti", 22, "Titanium", 4, 4, ElementBlock.D, 4)]
    [InlineData("Zn", 30, "Zinc", 12, 4, ElementBlock.D, 12)]
    [InlineData("La", 57, "Lanthanum", null, 6, ElementBlock.F, 3)]
    [InlineData("Yb", 70, "Ytterbium", null, 6, ElementBlock.F, 16)]
    [InlineData("Lu", 71, "Lutetium", 3, 6, ElementBlock.D, 3)]
    [InlineData("U", 92, "Uranium", null, 7, ElementBlock.F, 6)]
    [InlineData("Og", 118, "Oganesson", 18, 7, ElementBlock.P, 8)]
    public void Properties_of_an_element_place_it_in_the_periodic_table(
        string symbol,
        int number,
        string name,
        int? group,
        int period,
        ElementBlock block,
        int valenceElectrons
    )
    {
        ElementData element = Element.FromSymbol(symbol).Data;
        Assert.Equal(
            (number, name, group, period, block, valenceElectrons),
            (
                element.AtomicNumber,
                element.Name,
                element.Group,
                element.Period,
                element.Block,
                element.ValenceElectronCount
            )
        );
    }

    [Fact]
    public void Properties_of_iron_agree_with_their_sources()
    {
        ElementData iron = Element.FromSymbol("Fe").Data;
        Assert.Equal(55.845, iron.AtomicMass);
        Assert.Equal(1.83, iron.Electronegativity);
        Assert.Equal(132, iron.CovalentRadiusPicometre);
        Assert.Equal(7.902468, iron.FirstIonizationEnergy);
        Assert.Equal(0.153236, iron.ElectronAffinity);
        Assert.Equal(7.09, iron.MolarVolume);
        Assert.Equal([2, 3], iron.CommonOxidationStates);
        Assert.Equal([-2, -1, 1, 2, 3, 4, 5, 6], iron.OxidationStates);
    }

    [Fact]
    public void Group_of_the_main_blocks_counts_up_along_each_period() =>
        Assert.All(
            ElementData.All.Where(element => element.Group is not null).GroupBy(element => element.Period),
            period => Assert.Equal(period.Select(e => e.Group).Distinct().Order(), period.Select(e => e.Group))
        );

    [Fact]
    public void Numbers_of_every_element_lie_in_the_range_of_their_unit() =>
        Assert.All(
            ElementData.All,
            element =>
            {
                Assert.InRange(element.AtomicMass, element.AtomicNumber, 2.7 * element.AtomicNumber);
                Assert.InRange(element.ValenceElectronCount, 1, 16);
                Assert.InRange(element.Electronegativity ?? 1, 0.5, 4);
                Assert.InRange(element.CovalentRadiusPicometre ?? 100, 25, 265);
                Assert.InRange(element.FirstIonizationEnergy ?? 10, 3.5, 25);
                Assert.InRange(element.ElectronAffinity ?? 0, -3, 3.7);
                Assert.InRange(element.MolarVolume ?? 10, 4, 80);
            }
        );

    [Fact]
    public void OxidationStates_contain_the_common_ones_in_order() =>
        Assert.All(
            ElementData.All,
            element =>
            {
                Assert.Equal(element.OxidationStates.Distinct().Order(), element.OxidationStates);
                Assert.Equal(element.CommonOxidationStates.Distinct().Order(), element.CommonOxidationStates);
                Assert.Subset(element.OxidationStates.ToHashSet(), element.CommonOxidationStates.ToHashSet());
                Assert.DoesNotContain(0, element.OxidationStates);
            }
        );
}
