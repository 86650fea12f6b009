using System.Globalization;
using Kagome.Benchmarks.Measuring;
using Kagome.Cli.Views;

namespace Kagome.Benchmarks.Processes;

/// <summary>What `mpi` found.</summary>
/// <param name="Recipe">Whose training it was.</param>
/// <param name="WeightCount">Weights of its network.</param>
/// <param name="Processes">Crystals a second of two processes with a thread each, in those of one process with two threads.</param>
/// <param name="Keeping">Crystals a second of one process, in those of one that gives freed memory back.</param>
/// <param name="OneCrystalsPerSecond">By one process.</param>
/// <param name="TwoCrystalsPerSecond">By two.</param>
/// <param name="GivingBackCrystalsPerSecond">By one that gives freed memory back.</param>
/// <param name="StepSeconds">A step of two processes, at best.</param>
/// <param name="Sums">Vectors added up over two processes.</param>
internal sealed record ProcessesReport(
    string Recipe,
    long WeightCount,
    SpeedRatio Processes,
    SpeedRatio Keeping,
    double OneCrystalsPerSecond,
    double TwoCrystalsPerSecond,
    double GivingBackCrystalsPerSecond,
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
        table.Add("one process that gives memory back", $"{GivingBackCrystalsPerSecond:F0} crystals/s");
        table.Add("two processes in one", $"{Processes}");
        table.Add("memory kept in given back", $"{Keeping}");
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

/// <summary>How many times as fast one way is as another.</summary>
/// <param name="Median">Over rounds.</param>
/// <param name="Smallest">Of any round.</param>
/// <param name="Largest">Of any round.</param>
/// <param name="OfBest">The best of one in the best of the other: on a machine with other work, which only slows.</param>
internal sealed record SpeedRatio(double Median, double Smallest, double Largest, double OfBest)
{
    /// <param name="rounds">The rates of both in a round, in the same unit.</param>
    public static SpeedRatio Of(IReadOnlyList<(double Rate, double Other)> rounds)
    {
        double[] ratios = [.. rounds.Select(round => round.Rate / round.Other)];
        return new SpeedRatio(
            PairedTimes.Median(ratios),
            ratios.Min(),
            ratios.Max(),
            rounds.Max(round => round.Rate) / rounds.Max(round => round.Other)
        );
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Median:F2} ({Smallest:F2} to {Largest:F2}); of the best {OfBest:F2}"
        );
}
