using System.Diagnostics;
using System.Text.Json;
using Kagome.Cli.Output;
using Kagome.Evaluation.Matching;
using Kagome.Evaluation.Metrics;
using Kagome.Evaluation.Scoring;
using Kagome.Reports.Markdown;
using Kagome.Reports.Plots;
using Kagome.Reports.Published;
using Kagome.Symmetry;

namespace Kagome.Cli.Evaluation;

/// <summary>Samples or reads structures for known crystals, scores them, and reports.</summary>
internal static class Evaluate
{
    private const string ReportName = "report.md";

    private static readonly SymmetryFinder Symmetries = new();

    private static readonly StructureMatcher Matcher = new(MatcherSettings.Csp);

    /// <summary>Null where spglib is not installed: space groups stay out of scores and reports then.</summary>
    private static readonly SpaceGroupFinder? SpaceGroups = SymmetryFinder.IsAvailable
        ? structure => Symmetries.Find(structure)?.Group.Number
        : null;

    public static int Run(EvaluateSettings settings, CommandStreams streams, CancellationToken cancellation)
    {
        ReferenceSet references = ReferenceSet.Read(settings, Matcher, SpaceGroups);
        EvaluationFolder folder = new(settings.OutputFolder ?? DefaultFolder(settings));
        if (settings.Predictions is { } path)
        {
            PredictedSamples predictions = PredictedSamples.Read(path, references.Crystals, settings.Samples);
            PredictionsNotice.Write(predictions, references, streams.Error);
            EvaluationOrigin origin = Origin(settings, references) with
            {
                Predictions = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
                PredictionsFingerprint = predictions.Fingerprint,
                Samples = predictions.Samples,
            };
            return Run(settings, folder, origin, references, predictions, streams, cancellation);
        }

        using EvaluationModel model = EvaluationModel.Load(settings);
        model.Check(references.Crystals, streams.Error);
        EvaluationOrigin modelOrigin = Origin(settings, references) with
        {
            Model = model.Name,
            ModelSha256 = model.Checksum,
            Steps = settings.Sampler.Steps,
            Sampler = SamplerOptions(settings, model.PredictorChecksum),
        };
        ISampleSource samples = model.Samples(settings, references.Crystals);
        return Run(settings, folder, modelOrigin, references, samples, streams, cancellation);
    }

    private static int Run(
        EvaluateSettings settings,
        EvaluationFolder folder,
        EvaluationOrigin origin,
        ReferenceSet references,
        ISampleSource source,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        folder.Prepare(origin, settings.Resume);
        EvaluationJournal journal = EvaluationJournal.Open(folder, source.Batches);
        EvaluationRun run = new(source, new SampleScorer(Matcher, SpaceGroups), new EveryReference(Matcher), journal);
        try
        {
            run.Sample(streams.Error, cancellation);
            IReadOnlyList<CrystalResult> results = run.Results(references.Crystals, cancellation);
            EvaluationSummary summary = Summarise(settings, origin, references, results, run.Timing);
            Report(summary, results, folder);
            Print(summary, folder, settings.PrintsJson, streams.Output);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            streams.Error.WriteLine(
                $"Stopped with {journal.Scores.Count()} structures scored; go on with the same command and --resume."
            );
            return ExitCode.Interrupted;
        }
    }

    private static void Report(EvaluationSummary summary, IReadOnlyList<CrystalResult> results, EvaluationFolder folder)
    {
        IReadOnlyList<Figure> figures = EvaluationFigures.Draw(summary, results, Matcher.Settings.Stol);
        foreach (Figure figure in figures)
        {
            folder.Write(figure);
        }

        folder.Write(ReportName, EvaluationReport.Write(summary, figures));
        folder.WriteSummary(summary);
    }

    private static EvaluationSummary Summarise(
        EvaluateSettings settings,
        EvaluationOrigin origin,
        ReferenceSet references,
        IReadOnlyList<CrystalResult> results,
        JournalTiming timing
    )
    {
        long start = Stopwatch.GetTimestamp();
        int seed = unchecked((int)origin.Seed);
        double stol = Matcher.Settings.Stol;
        SampleScore[] scores = [.. results.SelectMany(result => result.Samples)];
        EvaluationSummary summary = new()
        {
            Origin = origin,
            Benchmark = settings.Benchmark ?? Benchmark.OfFile(settings.Data),
            CrystalsInSplit = references.CrystalsInSplit,
            UnreadableEntries = references.UnreadableEntries,
            WithoutStructure = scores.Count(score => score.Verdict is null),
            OfOtherComposition = scores.Count(score => score.Verdict == MatchVerdict.CompositionDiffers),
            OutOfTime = scores.Count(score => score.Verdict == MatchVerdict.LimitExceeded),
            Overall = EvaluationMetrics.Of(results, stol, seed),
            ByAtomCount = Breakdown.ByAtomCount(results, stol, seed),
            ByElementCount = Breakdown.ByElementCount(results, stol, seed),
            SecondsSampling = timing.Sampling,
            SecondsScoring = timing.Scoring,
        };
        return summary with { SecondsScoring = timing.Scoring + Stopwatch.GetElapsedTime(start).TotalSeconds };
    }

    private static void Print(EvaluationSummary summary, EvaluationFolder folder, bool asJson, TextWriter output)
    {
        if (asJson)
        {
            output.WriteLine(JsonText.Format(summary));
            return;
        }

        EvaluationTable.Print(summary, output);
        output.WriteLine($"Report: {folder.PathOf(ReportName)}");
    }

    private static EvaluationOrigin Origin(EvaluateSettings settings, ReferenceSet references) =>
        new()
        {
            Program = $"kagome {typeof(Evaluate).Assembly.GetName().Version?.ToString(3)}",
            Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(settings.Data)),
            Split = settings.Split,
            Limit = settings.Limit,
            DataFingerprint = references.Fingerprint,
            Samples = settings.Samples ?? ModelSamples.DefaultSamples,
            Seed = settings.Seed,
            HasSpaceGroups = SpaceGroups is not null,
        };

    /// <summary>Whatever options the sampler has, so that a resumed run must have the same.</summary>
    private static SortedDictionary<string, string> SamplerOptions(EvaluateSettings settings, string? predictor)
    {
        JsonElement options = JsonText.Element(settings.Sampler);
        SortedDictionary<string, string> named = new(
            options.EnumerateObject().ToDictionary(option => option.Name, option => option.Value.ToString()),
            StringComparer.Ordinal
        );
        if (predictor is not null)
        {
            named["guidance_coordinates"] = $"{settings.CoordinateGuidance:R}";
            named["guidance_lattice"] = $"{settings.LatticeGuidance:R}";
            named["predictor_sha256"] = predictor;
        }

        return named;
    }

    private static string DefaultFolder(EvaluateSettings settings)
    {
        string source = settings.Predictions ?? settings.Model;
        return Path.Combine("evaluations", $"{Stem(source)}-{Stem(settings.Data)}-{settings.Split}");
    }

    private static string Stem(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path)).Split('.')[0];
}
