using Kagome.Evaluation.Energies;

namespace Kagome.Evaluation.Tests.Energies;

public sealed class RankCorrelationTests
{
    private const double Rounding = 1e-12;

    /// <summary>scipy.stats.spearmanr([1, 2, 2, 4, 5, 3.5], [0.1, 0.5, 0.3, 0.3, 0.9, 0.3]) of SciPy 1.10.1.</summary>
    [Fact]
    public void Spearman_with_ties_is_that_of_scipy() =>
        Assert.Equal(
            0.6468431588153823,
            RankCorrelation.Spearman([1, 2, 2, 4, 5, 3.5], [0.1, 0.5, 0.3, 0.3, 0.9, 0.3])!.Value,
            Rounding
        );

    [Fact]
    public void Spearman_of_the_same_order_is_1_whatever_the_distances() =>
        Assert.Equal(1, RankCorrelation.Spearman([1, 2, 3], [-5, 0, 1e9])!.Value, Rounding);

    [Fact]
    public void Spearman_of_the_opposite_order_is_minus_1() =>
        Assert.Equal(-1, RankCorrelation.Spearman([1, 2, 3], [3, 2, 1])!.Value, Rounding);

    [Fact]
    public void Spearman_of_a_constant_is_unknown() => Assert.Null(RankCorrelation.Spearman([1, 2, 3], [7, 7, 7]));
}
