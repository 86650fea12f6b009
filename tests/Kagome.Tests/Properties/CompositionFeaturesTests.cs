using Kagome.Crystals.Compositions;

namespace Kagome.Tests.Properties;

public sealed class CompositionFeaturesTests
{
    [Fact]
    public void Of_multiples_of_a_formula_are_the_same_and_of_other_proportions_are_not()
    {
        double[] once = CompositionFeatures.Of(FormulaParser.Parse("MgB2"));
        double[] twice = CompositionFeatures.Of(FormulaParser.Parse("Mg2B4"));
        Assert.Equal(once.Length, twice.Length);
        Assert.All(once.Zip(twice), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.NotEqual(once, CompositionFeatures.Of(FormulaParser.Parse("MgB4")));
    }
}
