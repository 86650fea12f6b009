using Kagome.Benchmarks.Processes;

namespace Kagome.Benchmarks.Tests;

public sealed class ScalingForecastTests
{
    private static readonly NetworkLink Link = new("a millisecond, a million numbers a second", 1e-3, 4e6);

    [Theory]
    [InlineData(2, 1 + 0.002)]
    [InlineData(4, 1.5 + 0.006)]
    [InlineData(64, (2.0 * 63 / 64) + 0.126)]
    public void Of_a_million_weights_is_the_cost_of_a_ring(int processes, double seconds)
    {
        ScalingForecast forecast = ScalingForecast.Of(Link, processes, weights: 1_000_000, stepSeconds: 3);
        Assert.Equal(seconds, forecast.SumSeconds, 1e-12);
        Assert.Equal(3 / (3 + seconds), forecast.Efficiency, 1e-12);
    }

    [Fact]
    public void Link_of_measured_sums_gives_the_quickest_back()
    {
        NetworkLink link = NetworkLink.Of([
            new SumTime(1, 4e-6),
            new SumTime(5_000_000, 2e-2),
            new SumTime(25_000_000, 6e-2),
        ]);
        Assert.Equal(2e-6, link.Latency, 1e-12);
        Assert.Equal(6e-2, ScalingForecast.Of(link, 2, weights: 25_000_000, stepSeconds: 1).SumSeconds, 1e-12);
    }
}
