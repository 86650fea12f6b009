using Kagome.Benchmarks.Measuring;
using Kagome.Cli.Views;

namespace Kagome.Benchmarks.Sampling;

/// <summary>What `kagome bench sampling` found.</summary>
/// <param name="Formula">Of the cell.</param>
/// <param name="Samples">Structures made together.</param>
/// <param name="Ratio">How many times faster the sampler is with the product's network than with the literal one, on one core.</param>
/// <param name="Seconds">For all samples at the default steps, as `kagome predict` makes them.</param>
/// <param name="Steps">The default.</param>
/// <param name="TimedSteps">Those that were timed; fewer than <paramref name="Steps"/> where the time is extrapolated.</param>
/// <param name="OutsideNetworkShare">Of the time: noise, scores, wraps, disposal.</param>
/// <param name="Growth">Of memory while sampling.</param>
/// <param name="Times">In seconds a move.</param>
internal sealed record SamplingReport(
    string Formula,
    int Samples,
    double Ratio,
    double Seconds,
    int Steps,
    int TimedSteps,
    double OutsideNetworkShare,
    MemoryGrowth Growth,
    PairedTimes Times
) : IBenchmarkReport
{
    public void Write(TextWriter output)
    {
        TextTable table = new();
        string how = TimedSteps < Steps ? $", from {TimedSteps} steps" : "";
        table.Add($"{Samples} samples of {Formula}", $"{Seconds:F1} s at {Steps} steps{how}");
        table.Add(
            "against the literal network",
            $"{Ratio:F2} x faster ({Times.SmallestRatio:F2} to {Times.LargestRatio:F2})"
        );
        table.Add("a move on one core", $"{1e3 * Times.ProductSeconds:F1} ms, literal {1e3 * Times.TwinSeconds:F1} ms");
        table.Add("time outside of the network", $"{OutsideNetworkShare:P1}");
        table.Add("memory", $"{Growth}");
        table.Write(output);
    }
}
