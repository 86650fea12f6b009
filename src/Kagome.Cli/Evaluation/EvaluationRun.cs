using System.Collections.Concurrent;
using System.Diagnostics;
using Kagome.Evaluation.Metrics;
using Kagome.Evaluation.Scoring;
using Kagome.Sampling.Generation;

namespace Kagome.Cli.Evaluation;

/// <summary>Makes and scores all structures that are not yet in the journal, then works out the figures.</summary>
internal sealed class EvaluationRun(
    ISampleSource source,
    SampleScorer scorer,
    EveryReference everyReference,
    EvaluationJournal journal
)
{
    private double secondsComparing;

    /// <summary>What sampling and scoring took, earlier sessions included.</summary>
    public JournalTiming Timing => journal.Timing.Plus(new JournalTiming(Scoring: secondsComparing));

    /// <summary>Samples and scores on all cores.</summary>
    /// <exception cref="OperationCanceledException">Stopped; the journal holds what is done.</exception>
    public void Sample(TextWriter error, CancellationToken cancellation)
    {
        IReadOnlyList<SampleBatch> missing = journal.Missing(source.Batches);
        using EvaluationProgress progress = new(
            error,
            missing.Sum(source.Work),
            source.Batches.Sum(batch => batch.Keys.Count)
        );
        progress.Count(journal.Scores);
        Parallel.ForEach(
            Partitioner.Create(missing, EnumerablePartitionerOptions.NoBuffering), // a batch takes long: no core may hoard them
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellation,
            },
            batch => SampleBatch(batch, progress, cancellation)
        );
    }

    /// <summary>The crystals with all their scores, in their order.</summary>
    /// <param name="crystals">All crystals of the plan.</param>
    /// <param name="cancellation">Stops it.</param>
    public IReadOnlyList<CrystalResult> Results(
        IReadOnlyList<ReferenceCrystal> crystals,
        CancellationToken cancellation
    )
    {
        long start = Stopwatch.GetTimestamp();
        journal.Sort(crystals);
        ILookup<string, SampleScore> scores = journal.Scores.ToLookup(score => score.Id);
        CrystalResult[] own = [.. crystals.Select(crystal => new CrystalResult([.. scores[crystal.Id]], null))];
        double?[] everyone = everyReference.SmallestRms(
            crystals,
            [.. own.Select(result => result.SmallestRms(int.MaxValue))],
            journal.ReadStructures(),
            cancellation: cancellation
        );
        secondsComparing = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return [.. own.Select((result, at) => result with { EveryoneRms = everyone[at] })];
    }

    private void SampleBatch(SampleBatch batch, EvaluationProgress progress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<GeneratedCrystal> crystals = source.Sample(batch, progress.Advance, cancellation);
        double sampling = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        SampleScore[] scores = [.. batch.Keys.Select((key, at) => Score(key, crystals[at], cancellation))];
        double scoring = Stopwatch.GetElapsedTime(start).TotalSeconds;
        journal.Append(scores, crystals, new JournalTiming(sampling, scoring));
        progress.Count(scores);
    }

    private SampleScore Score(SampleKey key, GeneratedCrystal crystal, CancellationToken cancellation) =>
        crystal.Structure is { } structure
            ? scorer.Score(key.Reference, key.Sample, structure, cancellation)
            : scorer.Missing(key.Reference, key.Sample, crystal.Problem);
}
