using Kagome.Evaluation.Regression;

namespace Kagome.Evaluation.Tests.Regression;

public sealed class RegressionErrorsTests
{
    private const double Rounding = 1e-12;

    [Fact]
    public void Of_three_crystals_is_as_worked_out_by_hand()
    {
        RegressionErrors errors = RegressionErrors.Of([0.1, 0.4, -0.2], [0, 0.2, 0]);
        Assert.Equal(3, errors.Count);
        Assert.Equal(0.5 / 3, errors.MeanAbsoluteError, Rounding);
        Assert.Equal(Math.Sqrt(0.03), errors.RootMeanSquareError, Rounding);
    }

    [Fact]
    public void Of_nothing_is_refused() => Assert.Throws<ArgumentException>(() => RegressionErrors.Of([], []));

    [Fact]
    public void Of_lists_of_different_lengths_is_refused() =>
        Assert.Throws<ArgumentException>(() => RegressionErrors.Of([1], [1, 2]));

    /// <summary>scipy.stats.spearmanr([1, 2, 2, 4, 5, 3.5], [0.1, 0.5, 0.3, 0.3, 0.9, 0.3]) of SciPy 1.10.1.</summary>
    [Fact]
    public void Spearman_with_ties_is_that_of_scipy() =>
        Assert.Equal(
            0.6468431588153823,
            Spearman([1, 2, 2, 4, 5, 3.5], [0.1, 0.5, 0.3, 0.3, 0.9, 0.3])!.Value,
            Rounding
        );

    [Fact]
    public void Spearman_of_the_same_order_is_1_whatever_the_distances() =>
        Assert.Equal(1, Spearman([1, 2, 3], [-5, 0, 1e9])!.Value, Rounding);

    [Fact]
    public void Spearman_of_the_opposite_order_is_minus_1() =>
        Assert.Equal(-1, Spearman([1, 2, 3], [3, 2, 1])!.Value, Rounding);

    [Fact]
    public void Spearman_of_a_constant_is_unknown()
    {
        Assert.Null(Spearman([1, 2, 3], [7, 7, 7]));
        Assert.Null(Spearman([0.1, 0.1, 0.1], [1, 2, 3]));
        Assert.Null(Spearman([1], [2]));
    }

    private static double? Spearman(double[] predictions, double[] labels) =>
        RegressionErrors.Of(predictions, labels).Spearman;
}
