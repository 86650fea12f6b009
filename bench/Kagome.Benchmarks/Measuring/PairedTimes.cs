namespace Kagome.Benchmarks.Measuring;

/// <summary>What a paired measurement came to.</summary>
/// <param name="Ratio">How many times faster the product is: the median over the pairs of twin / product, per unit.</param>
/// <param name="SmallestRatio">Of any pair.</param>
/// <param name="LargestRatio">Of any pair.</param>
/// <param name="ProductSeconds">Median wall time of a unit.</param>
/// <param name="TwinSeconds">Likewise.</param>
/// <param name="ProductProcessors">Processors that the product kept busy: fewer than it has threads where the machine had other work.</param>
/// <param name="TwinProcessors">Likewise.</param>
internal sealed record PairedTimes(
    double Ratio,
    double SmallestRatio,
    double LargestRatio,
    double ProductSeconds,
    double TwinSeconds,
    double ProductProcessors,
    double TwinProcessors
)
{
    public static PairedTimes Of(IReadOnlyList<(Timing Product, Timing Twin)> pairs)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Twin.SecondsPerUnit / pair.Product.SecondsPerUnit)];
        return new PairedTimes(
            Median(ratios),
            ratios.Min(),
            ratios.Max(),
            Median(pairs.Select(pair => pair.Product.SecondsPerUnit)),
            Median(pairs.Select(pair => pair.Twin.SecondsPerUnit)),
            Median(pairs.Select(pair => pair.Product.ProcessorSeconds / pair.Product.Seconds)),
            Median(pairs.Select(pair => pair.Twin.ProcessorSeconds / pair.Twin.Seconds))
        );
    }

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
