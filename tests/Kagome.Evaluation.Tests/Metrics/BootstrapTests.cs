namespace Kagome.Evaluation.Tests.Metrics;

public sealed class BootstrapTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Mean_leaves_out_what_has_no_value()
    {
        Estimate mean = Assert.IsType<Estimate>(Bootstrap.Mean([1, null, 4], seed: 1));
        Assert.Equal(2.5, mean.Value, Tolerance);
        Assert.InRange(mean.Low, 1, 2.5);
        Assert.InRange(mean.High, 2.5, 4);
    }

    [Fact]
    public void Mean_of_nothing_is_null() => Assert.Null(Bootstrap.Mean([null, null], seed: 1));

    [Fact]
    public void Mean_of_equal_values_has_an_interval_without_width() =>
        Assert.Equal(new Estimate(0.25, 0.25, 0.25), Bootstrap.Mean([0.25, 0.25, 0.25, 0.25], seed: 5));

    [Fact]
    public void Mean_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        double?[] values = [.. Enumerable.Range(0, 50).Select(at => (double?)Math.Sin(at))];
        Assert.Equal(Bootstrap.Mean(values, seed: 3), Bootstrap.Mean(values, seed: 3));
        Assert.NotEqual(Bootstrap.Mean(values, seed: 3), Bootstrap.Mean(values, seed: 4));
    }

    [Fact]
    public void Mean_seeds_that_differ_above_32_bits_give_other_intervals()
    {
        double?[] values = [.. Enumerable.Range(0, 50).Select(at => (double?)Math.Sin(at))];
        long[] seeds = [1, 1 + (1L << 32), 1 + (1L << 33), 1 + (1L << 62), long.MinValue + 1];
        Assert.Equal(seeds.Length, seeds.Select(seed => Bootstrap.Mean(values, seed)).Distinct().Count());
    }

    /// <summary>Of version 0.1, whose reports name them.</summary>
    [Theory]
    [InlineData(1, -0.19337425452839915, 0.1964687337443586)]
    [InlineData(-7, -0.19177894486733976, 0.19070703749311238)]
    public void Mean_short_seeds_give_the_intervals_that_they_always_gave(long seed, double low, double high)
    {
        double?[] values = [.. Enumerable.Range(0, 50).Select(at => (double?)Math.Sin(at))];
        Estimate mean = Bootstrap.Mean(values, seed)!;
        Assert.Equal(low, mean.Low, Tolerance);
        Assert.Equal(high, mean.High, Tolerance);
    }

    /// <summary>For a share p of n crystals the interval is about p ± 1.96 √(p (1 - p) / n).</summary>
    [Fact]
    public void Mean_of_a_share_has_the_interval_of_a_binomial()
    {
        const int Count = 400;
        const double Share = 0.3;
        double?[] values = [.. Enumerable.Range(0, Count).Select(at => (double?)(at < Share * Count ? 1 : 0))];
        double half = 1.96 * Math.Sqrt(Share * (1 - Share) / Count);
        Estimate mean = Bootstrap.Mean(values, seed: 1)!;
        Assert.Equal(Share, mean.Value, Tolerance);
        Assert.Equal(Share - half, mean.Low, 0.006);
        Assert.Equal(Share + half, mean.High, 0.006);
    }
}
