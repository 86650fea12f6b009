namespace Kagome.Benchmarks.Measuring;

/// <summary>Times the product and its plain twin in turn, so that whatever else the machine does slows both.</summary>
/// <param name="clock">Tells the time.</param>
/// <param name="repetitions">Pairs.</param>
/// <param name="warmUp">Before they count: managed code gets faster in its first second.</param>
internal sealed class PairedMeasurement(MeasurementClock clock, int repetitions, TimeSpan warmUp = default)
{
    /// <summary>Calls twin and product at least once each to warm up, and then in turn: product, twin, product, twin, …</summary>
    /// <param name="product">Returns the units it did.</param>
    /// <param name="twin">Likewise; the two may do different numbers of units.</param>
    /// <param name="cancellation">Stops between calls.</param>
    public PairedTimes Measure(Func<double> product, Func<double> twin, CancellationToken cancellation = default)
    {
        long start = clock.Wall.GetTimestamp();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            _ = twin();
            _ = product();
        } while (clock.Wall.GetElapsedTime(start) < warmUp);

        List<(Timing Product, Timing Twin)> pairs = [];
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            cancellation.ThrowIfCancellationRequested();
            Timing ofProduct = clock.Time(product);
            cancellation.ThrowIfCancellationRequested();
            pairs.Add((ofProduct, clock.Time(twin)));
        }

        return PairedTimes.Of(pairs);
    }

    /// <summary>The choice that does a unit in the least time, after one call to warm up.</summary>
    public T Fastest<T>(IReadOnlyList<T> choices, Func<T, double> work, CancellationToken cancellation = default)
    {
        if (choices.Count == 1)
        {
            return choices[0];
        }

        return choices.MinBy(choice =>
        {
            cancellation.ThrowIfCancellationRequested();
            _ = work(choice);
            return Math.Min(Once(choice), Once(choice));
        })!;

        double Once(T choice) => clock.Time(() => work(choice)).SecondsPerUnit;
    }
}
