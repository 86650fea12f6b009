using Kagome.Benchmarks.Measuring;

namespace Kagome.Benchmarks.Tests;

public sealed class PairedMeasurementTests
{
    private const int Digits = 9;

    private readonly FakeClock wall = new();
    private TimeSpan processor;

    private MeasurementClock Clock => new(wall, () => processor);

    [Fact]
    public void Measure_takes_the_median_of_the_ratios_pair_by_pair()
    {
        // warm-up, then three pairs; the second finds the machine busy and slows both
        Queue<double> product = new([100, 1, 10, 2]);
        Queue<double> twin = new([100, 4, 50, 4]);
        PairedTimes times = Measure(3, () => Take(product.Dequeue(), units: 1), () => Take(twin.Dequeue(), units: 1));
        Assert.Equal(4, times.Ratio, Digits); // of 4, 5, 2
        Assert.Equal(2, times.SmallestRatio, Digits);
        Assert.Equal(5, times.LargestRatio, Digits);
        Assert.Equal(2, times.ProductSeconds, Digits); // of 1, 10, 2
        Assert.Equal(4, times.TwinSeconds, Digits); // of 4, 50, 4
    }

    [Fact]
    public void Measure_compares_units_not_calls()
    {
        PairedTimes times = Measure(2, () => Take(seconds: 4, units: 8), () => Take(seconds: 3, units: 2));
        Assert.Equal(3, times.Ratio, Digits); // 1.5 s in place of 0.5 s
    }

    [Fact]
    public void Measure_calls_in_turn_after_a_warm_up()
    {
        List<char> calls = [];
        double Call(char name)
        {
            calls.Add(name);
            return Take(1, 1);
        }

        _ = Measure(2, () => Call('A'), () => Call('B'));
        Assert.Equal("BAABAB", new string([.. calls]));
    }

    [Fact]
    public void Measure_warms_up_for_the_given_time()
    {
        int calls = 0;
        double Call()
        {
            calls++;
            return Take(seconds: 1, units: 1);
        }

        PairedMeasurement paired = new(Clock, repetitions: 1, warmUp: TimeSpan.FromSeconds(5));
        _ = paired.Measure(Call, Call, TestContext.Current.CancellationToken);
        Assert.Equal(6 + 2, calls);
    }

    [Fact]
    public void Measure_counts_busy_processors()
    {
        PairedTimes times = Measure(
            1,
            () => Take(seconds: 2, units: 1, processors: 2),
            () => Take(seconds: 2, units: 1, processors: 0.5)
        );
        Assert.Equal(2, times.ProductProcessors, Digits);
        Assert.Equal(0.5, times.TwinProcessors, Digits);
    }

    [Fact]
    public void Measure_cancelled_stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            new PairedMeasurement(Clock, repetitions: 1).Measure(() => Take(1, 1), () => Take(1, 1), source.Token)
        );
    }

    [Fact]
    public void Fastest_compares_units_not_calls()
    {
        // 1 in 3 s, 4 in 4 s, 8 in 16 s
        Dictionary<int, double> seconds = new()
        {
            [1] = 3,
            [4] = 4,
            [8] = 16,
        };
        int fastest = new PairedMeasurement(Clock, repetitions: 1).Fastest(
            [1, 4, 8],
            units => Take(seconds[units], units),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(4, fastest);
    }

    [Fact]
    public void Median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() =>
        Assert.Equal(2.5, PairedTimes.Median([9, 2, 1, 3]), Digits);

    private PairedTimes Measure(int repetitions, Func<double> product, Func<double> twin) =>
        new PairedMeasurement(Clock, repetitions).Measure(product, twin, TestContext.Current.CancellationToken);

    private double Take(double seconds, double units, double processors = 1)
    {
        wall.Advance(seconds);
        processor += TimeSpan.FromSeconds(seconds * processors);
        return units;
    }
}
