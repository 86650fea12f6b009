using Kagome.Crystals.Compositions;

namespace Kagome.Prototypes.Tests;

public sealed class AnonymousFormulaTests
{
    [Theory]
    [InlineData("SrTiO3", "ABC3")]
    [InlineData("Na4Cl4", "A4B4")]
    [InlineData("O3TiSr", "ABC3")]
    [InlineData("Al2O3", "A2B3")]
    [InlineData("Cu", "A")]
    public void ToString_names_slots_by_letters_those_of_few_atoms_first(string formula, string expected) =>
        Assert.Equal(expected, $"{AnonymousFormula.Of(FormulaParser.Parse(formula))}");

    [Fact]
    public void ToString_beyond_26_slots_goes_on_with_two_letters()
    {
        string text = $"{new AnonymousFormula(Enumerable.Repeat(1, 28))}";
        Assert.Equal("ABCDEFGHIJKLMNOPQRSTUVWXYZAAAB", text);
    }

    [Fact]
    public void Equals_same_counts_in_any_order_is_one_formula()
    {
        AnonymousFormula formula = new([3, 1, 2]);
        AnonymousFormula same = new([2, 3, 1]);
        Assert.Equal(formula, same);
        Assert.Equal(formula.GetHashCode(), same.GetHashCode());
        Assert.Equal(0, formula.CompareTo(same));
        Assert.Equal([1, 2, 3], formula.Counts);
        Assert.Equal(6, formula.AtomCount);
    }

    [Fact]
    public void Equals_other_counts_or_multiples_are_others()
    {
        AnonymousFormula formula = new([1, 1]);
        Assert.NotEqual(formula, new AnonymousFormula([2, 2]));
        Assert.NotEqual(formula, new AnonymousFormula([1, 1, 1]));
        Assert.False(formula.Equals(null));
    }

    [Fact]
    public void CompareTo_sorts_by_slots_and_then_by_counts()
    {
        AnonymousFormula[] sorted = [new([4]), new([1, 1]), new([1, 2]), new([2, 2]), new([1, 1, 1])];
        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.True(sorted[0].CompareTo(null) > 0);
    }

    [Theory]
    [InlineData]
    [InlineData(1, 0)]
    [InlineData(-1)]
    public void Constructor_without_slots_or_with_an_empty_one_is_refused(params int[] counts) =>
        Assert.Throws<ArgumentException>(() => new AnonymousFormula(counts));
}
