using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Compositions;

public sealed class CompositionTests
{
    [Fact]
    public void Equals_same_counts_in_another_order_is_true() =>
        CrystalGenerators.Compositions.Sample(composition =>
        {
            Composition reversed = new(composition.Counts.Reverse());
            return composition.Equals(reversed) && composition.GetHashCode() == reversed.GetHashCode();
        });

    [Fact]
    public void Equals_of_two_formula_units_is_false() =>
        CrystalGenerators.Compositions.Sample(composition => !composition.Equals(composition.Times(2)));

    [Fact]
    public void Reduced_times_its_formula_units_is_the_composition() =>
        CrystalGenerators.Compositions.Sample(composition =>
            composition.Reduced.Times(composition.FormulaUnits).Equals(composition)
        );

    [Fact]
    public void Reduced_has_one_formula_unit() =>
        CrystalGenerators.Compositions.Sample(composition => composition.Reduced.FormulaUnits == 1);

    [Fact]
    public void FormulaUnits_of_Na4Cl4_are_four()
    {
        Composition composition = Of(("Na", 4), ("Cl", 4));
        Assert.Equal(4, composition.FormulaUnits);
        Assert.Equal(Of(("Na", 1), ("Cl", 1)), composition.Reduced);
        Assert.Equal(8, composition.AtomCount);
    }

    [Fact]
    public void FormulaUnits_of_several_compositions_multiply() =>
        Gen.Select(CrystalGenerators.Compositions, Gen.Int[1, 10])
            .Sample(
                (composition, factor) =>
                    composition.Times(factor).FormulaUnits == factor * composition.FormulaUnits
                    && composition.Times(factor).Reduced.Equals(composition.Reduced)
            );

    [Fact]
    public void Of_atoms_counts_them()
    {
        Element oxygen = Element.FromSymbol("O");
        Element titanium = Element.FromSymbol("Ti");
        Assert.Equal(Of(("Ti", 1), ("O", 2)), Composition.Of([oxygen, titanium, oxygen]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Constructor_count_below_one_throws_naming_element_and_count(int count)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Of(("Na", 1), ("Cl", count)));
        Assert.Contains($"Cl is {count}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_without_elements_throws() => Assert.Throws<ArgumentException>(() => Of());

    [Fact]
    public void Constructor_more_atoms_than_fit_a_count_throws() =>
        Assert.Throws<OverflowException>(() => Of(("Na", int.MaxValue), ("Cl", 1)));

    private static Composition Of(params (string Symbol, int Count)[] counts) =>
        new(counts.Select(pair => KeyValuePair.Create(Element.FromSymbol(pair.Symbol), pair.Count)));
}
