using System.Globalization;
using Kagome.Cli.Views;

namespace Kagome.Benchmarks.Processes;

/// <summary>What `mpi` found.</summary>
/// <param name="Recipe">Whose training it was.</param>
/// <param name="WeightCount">Weights of its network.</param>
/// <param name="Ratio">Crystals a second of two processes with a thread each, in those of one process with two threads: the median over pairs.</param>
/// <param name="SmallestRatio">Of any pair.</param>
/// <param name="LargestRatio">Of any pair.</param>
/// <param name="BestRatio">The best of two processes in the best of one: on a machine with other work, which only slows.</param>
/// <param name="OneCrystalsPerSecond">By one process.</param>
/// <param name="TwoCrystalsPerSecond">By two.</param>
/// <param name="StepSeconds">A step of two processes, at best.</param>
/// <param name="Sums">Vectors added up over two processes.</param>
internal sealed record ProcessesReport(
    string Recipe,
    long WeightCount,
    double Ratio,
    double SmallestRatio,
    double LargestRatio,
    double BestRatio,
    double OneCrystalsPerSecond,
    double TwoCrystalsPerSecond,
    double StepSeconds,
    IReadOnlyList<SumTime> Sums
) : IBenchmarkReport
{
    private static readonly int[] ProcessCounts = [2, 4, 8, 16, 32, 64];

    /// <summary>What many processes would reach, each with as much to do as one of the two: computed.</summary>
    public IReadOnlyList<ScalingForecast> Forecasts =>
        [
            .. NetworkLink
                .Assumed.Prepend(NetworkLink.Of(Sums))
                .SelectMany(link =>
                    ProcessCounts.Select(count => ScalingForecast.Of(link, count, WeightCount, StepSeconds))
                ),
        ];

    public void Write(TextWriter output)
    {
        TextTable table = new();
        table.Add($"training by {Recipe}", $"{WeightCount / 1e6:F1} million weights, {1e3 * StepSeconds:F0} ms a step");
        table.Add("one process, two threads", $"{OneCrystalsPerSecond:F0} crystals/s");
        table.Add("two processes, a thread each", $"{TwoCrystalsPerSecond:F0} crystals/s");
        table.Add("ratio", $"{Ratio:F2} ({SmallestRatio:F2} to {LargestRatio:F2}); of the best {BestRatio:F2}");
        foreach (SumTime sum in Sums)
        {
            table.Add(
                $"sum of {sum.Length.ToString("N0", CultureInfo.InvariantCulture)} numbers",
                $"{1e3 * sum.Seconds:0.###} ms"
            );
        }

        table.Write(output);
        output.WriteLine(
            "Computed, not measured: efficiency of N processes, each with as many crystals as one of the two."
        );
        TextTable forecasts = new(["network", .. ProcessCounts.Select(count => $"N = {count}")]);
        foreach (IGrouping<string, ScalingForecast> link in Forecasts.GroupBy(forecast => forecast.Link.Name))
        {
            forecasts.Add([link.Key, .. link.Select(forecast => $"{forecast.Efficiency:P0}")]);
        }

        forecasts.Write(output);
    }
}
