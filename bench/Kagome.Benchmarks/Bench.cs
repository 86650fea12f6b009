using Kagome.Benchmarks.Attention;
using Kagome.Benchmarks.Campaigns;
using Kagome.Benchmarks.Formats;
using Kagome.Benchmarks.Matching;
using Kagome.Benchmarks.Measuring;
using Kagome.Benchmarks.Sampling;
using Kagome.Benchmarks.Sharing;
using Kagome.Benchmarks.Training;
using Kagome.Cli.Views;
using Kagome.Formats;

namespace Kagome.Benchmarks;

/// <summary>Runs benchmarks one after another and says what they found.</summary>
internal static class Bench
{
    /// <summary>In the order in which all of them run.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "attention",
        "sampling",
        "sharing",
        "training",
        "matching",
        "formats",
        "campaign",
    ];

    public static int Run(BenchSettings settings, CommandStreams streams, CancellationToken cancellation)
    {
        IReadOnlyList<string> names = settings.Names.Count > 0 ? settings.Names : Names;
        Dictionary<string, IBenchmarkReport> reports = [];
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            using ProgressLine progress = new(streams.Error, TimeSpan.Zero);
            reports[name] = Run(name, settings, text => progress.Show(() => text, isLast: true), cancellation);
            if (!settings.PrintsJson)
            {
                progress.Dispose();
                reports[name].Write(streams.Output);
            }
        }

        if (settings.PrintsJson)
        {
            // objects, so that it is the run-time type that is written
            object document =
                reports.Count == 1
                    ? reports.Values.Single()
                    : reports.ToDictionary(pair => pair.Key, pair => (object)pair.Value);
            streams.Output.WriteLine(JsonText.Format(document));
        }

        return ExitCode.Success;
    }

    private static IBenchmarkReport Run(
        string name,
        BenchSettings settings,
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        MeasurementClock clock = MeasurementClock.System;
        return name switch
        {
            "attention" => new AttentionBenchmark(settings.Attention, clock, tell, cancellation).Run(),
            "sampling" => new SamplingBenchmark(settings.Sampling, clock, tell, cancellation).Run(),
            "sharing" => new SharingBenchmark(settings.Sharing, clock, tell, cancellation).Run(),
            "training" => new TrainingBenchmark(settings.Training, clock, tell, cancellation).Run(),
            "matching" => new MatchingBenchmark(settings.Matching, clock, tell, cancellation).Run(),
            "formats" => new FormatsBenchmark(settings.Formats, clock, tell, cancellation).Run(),
            "campaign" => new CampaignBenchmark(settings.Campaign, clock, tell, cancellation).Run(),
            _ => throw new InputException($"Unknown benchmark '{name}'. Choose {string.Join(", ", Names)}."),
        };
    }
}
