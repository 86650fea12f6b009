namespace Kagome.Models.Tests;

public sealed class RegressionForestTests
{
    [Theory]
    [InlineData(0.5, (10 + 3) / 2.0)] // at the bound
    [InlineData(0.4, (10 + 3) / 2.0)]
    [InlineData(0.6, (20 + 3) / 2.0)]
    public void Value_is_the_mean_of_the_leaves_that_the_features_lead_to(double feature, double expected)
    {
        RegressionForest forest = RegressionForest.Of([0, 3], [1, -1, -1, -1], [0.5f, 10, 20, 3], [2, 0, 0, 0]);
        Assert.Equal(expected, forest.Value([99, feature]));
        Assert.Equal(2, forest.FeatureCount);
    }

    [Fact]
    public void Value_compares_as_the_trees_were_grown_in_single_precision()
    {
        RegressionForest forest = RegressionForest.Of([0], [0, -1, -1], [0.1f, 1, 2], [2, 0, 0]);
        Assert.Equal(1, forest.Value([0.1])); // 0.1 is below 0.1f, which is 0.1 here
        Assert.Equal(1, forest.Value([0.1f + 1e-12]));
    }

    [Fact]
    public void Of_no_trees_or_of_rows_of_several_lengths_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RegressionForest.Of([], [-1], [1], [0]));
        Assert.Throws<ArgumentException>(() => RegressionForest.Of([0], [-1], [1, 2], [0]));
        Assert.Throws<ArgumentException>(() => RegressionForest.Of([0], [-1], [1], []));
        Assert.Throws<ArgumentException>(() => RegressionForest.Of([0], [0, -1], [1, 1], [1, 0])); // no second answer
    }
}
