using System.Diagnostics;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Evaluation.Scoring;
using Kagome.Models;
using Kagome.Work;
using Microsoft.Extensions.Logging;

namespace Kagome.Evaluation;

/// <summary>Scores a model, or another program's structures, on known crystals as papers do.</summary>
/// <remarks>
/// <para>
/// A structure matches its crystal by pymatgen's StructureMatcher with the tolerances of the benchmarks. Same options, data and model on
/// the same kind of processor: the same figures, on any number of cores, and whether the work was stopped on the way or not.
/// </para>
/// <para>For one thread at a time. Dispose of it when no work is under way: work that is ends with an <see cref="OperationCanceledException"/>.</para>
/// </remarks>
public sealed class Evaluator : IDisposable
{
    private static readonly SymmetryFinder Symmetries = new();

    private static readonly SpaceGroupFinder SpaceGroups = structure => Symmetries.Find(structure)?.Group.Number;

    private readonly StructureMatcher matcher;
    private readonly SampleScorer scorer;
    private readonly ISampleSource source;
    private readonly WorkerThreads workers;
    private readonly ILogger logger;
    private EvaluationJournal? journal;

    private Evaluator(EvaluationOptions options, ReferenceSet references, ISampleSource source)
    {
        this.source = source;
        matcher = new StructureMatcher(options.Tolerances);
        scorer = new SampleScorer(matcher, SpaceGroups);
        workers = source.CreateWorkers();
        logger = options.Models.Loggers.CreateLogger<Evaluator>();
        Plan = new EvaluationPlan
        {
            Options = options,
            Origin = source.Complete(Origin(options, references)),
            References = references.Crystals,
            CrystalsInSplit = references.CrystalsInSplit,
            UnreadableEntries = references.UnreadableEntries,
            Units = source.Units,
            Concerns = source.Concerns,
        };
    }

    /// <summary>What there is to do.</summary>
    public EvaluationPlan Plan { get; }

    /// <summary>How many structures are scored, those of earlier sessions included.</summary>
    public int ScoredCount => journal?.Scores.Count() ?? 0;

    /// <summary>Evaluates a model, or the structures of another program.</summary>
    /// <param name="options">What on what; a folder to write to where there is to be one.</param>
    /// <param name="progress">Hears how much is sampled, scored and matched.</param>
    /// <param name="cancellation">Stops between the sampler's moves and between structures; the folder holds what is done.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static async Task<EvaluationResult> EvaluateAsync(
        EvaluationOptions options,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        using Evaluator evaluator = await Task.Run(() => Open(options, cancellation), cancellation)
            .ConfigureAwait(false);
        return await evaluator.RunAsync(progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Scores structures that are in memory.</summary>
    /// <param name="references">The known crystals.</param>
    /// <param name="predictions">
    /// Structures named after their crystals: x itself, or x and then _, # or / and more, such as x_3; several of one crystal are its samples.
    /// </param>
    /// <param name="progress">Hears how much is scored and matched.</param>
    /// <param name="cancellation">Stops between structures.</param>
    /// <exception cref="InputException">There is no crystal, or no structure is named after any.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<EvaluationResult> ScoreAsync(
        IEnumerable<CrystalRecord> references,
        IEnumerable<CrystalRecord> predictions,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(predictions);
        EvaluationOptions options = new() { Data = "references", Split = EvaluationOptions.AllSplits };
        CrystalRecord[] known = [.. references];
        if (known.Length == 0)
        {
            throw new InputException("There are no references; expected at least one known crystal.");
        }

        ReferenceSet set = ReferenceSet.Of(
            known,
            options,
            unreadable: 0,
            new StructureMatcher(options.Tolerances),
            SpaceGroups
        );
        using Evaluator evaluator = new(options, set, PredictedSamples.Of([.. predictions], set.Crystals, options));
        return await evaluator.RunAsync(progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads the data, loads the model where one samples, and plans the work: nothing is written.</summary>
    /// <exception cref="OptionException">An option is out of its range, or there is no such device.</exception>
    /// <exception cref="InputException">There is no crystal to score, no structure of any, no such model, or one that cannot do what is asked of it.</exception>
    /// <exception cref="StructureFormatException">The data or the structures cannot be read.</exception>
    /// <exception cref="CheckpointException">A model's file is damaged.</exception>
    public static Evaluator Open(EvaluationOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ReferenceSet references = ReferenceSet.Read(
            options,
            new StructureMatcher(options.Tolerances),
            SpaceGroups,
            cancellation
        );
        return new Evaluator(
            options,
            references,
            options.Predictions is { } path
                ? PredictedSamples.Read(path, references, options, cancellation)
                : options.Candidates switch
                {
                    CandidateSources.Prototypes => PrototypeSamples.Load(options, references.Crystals),
                    CandidateSources.Both => PredictorSamples.Load(options, references.Crystals),
                    _ => ModelSamples.Load(options, references.Crystals),
                }
        );
    }

    /// <summary>Does what was planned, or goes on with it.</summary>
    /// <param name="progress">Hears how much is sampled, scored and matched.</param>
    /// <param name="cancellation">Stops between the sampler's moves and between structures; the folder holds what is done.</param>
    /// <exception cref="InputException">The folder holds something else, or an evaluation that this is not.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or the disk is full; what is done can be gone on with.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<EvaluationResult> RunAsync(
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        EvaluationFolder? folder = Plan.Options.OutputFolder is { } path ? new EvaluationFolder(path) : null;
        using FolderLock? taken = folder is null ? null : FolderLock.Take(folder.Root);
        folder?.Prepare(Plan.Origin, Plan.Options.Resume);
        EvaluationJournal open = EvaluationJournal.Open(folder, Plan.Units);
        journal = open;
        IReadOnlyList<EvaluationUnit> missing = open.Missing(Plan.Units);
        logger.LogInformation(
            "Evaluating {Subject} on {Crystals} crystals in {Units} units, {Open} of them open",
            Plan.Origin.Model ?? Plan.Origin.Predictions,
            Plan.References.Count,
            Plan.Units.Count,
            missing.Count
        );
        ProgressCounter counter = new(progress, "evaluation", source.WorkUnit, missing.Sum(source.Work));
        ScoreCount count = new(counter, Plan.Units.Sum(unit => unit.Samples.Count));
        count.Add(open.Scores);
        await workers
            .RunAsync(missing, (unit, stop) => Score(unit, open, counter, count, stop), cancellation)
            .ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        open.Sort(Plan.References);
        IReadOnlyList<CrystalResult> results = await Task.Run(() => Results(open, cancellation), cancellation)
            .ConfigureAwait(false);
        EvaluationSummary summary = EvaluationSummary.Of(Plan, results, matcher.Options.Stol) with
        {
            Polymorphs = await Task.Run(
                    () => PolymorphMetrics.Of(Plan.References, results, matcher, Plan.Origin.Seed, cancellation),
                    cancellation
                )
                .ConfigureAwait(false),
            SecondsSampling = open.Timing.Sampling,
            SecondsScoring = open.Timing.Scoring + Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
        folder?.WriteSummary(summary);
        return new EvaluationResult(summary, results, folder?.Root);
    }

    /// <summary>Frees the threads and the models; ends work that is under way.</summary>
    public void Dispose()
    {
        workers.Dispose();
        source.Dispose();
    }

    private bool Score(
        EvaluationUnit unit,
        EvaluationJournal open,
        ProgressCounter counter,
        ScoreCount count,
        CancellationToken cancellation
    )
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<SampledStructure> structures = source.Sample(unit, counter.Advance, cancellation);
        double sampling = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        SampleScore[] scores =
        [
            .. unit.Samples.Zip(
                structures,
                (sample, sampled) =>
                    (
                        sampled.Structure is { } structure
                            ? scorer.Score(sample.Reference, sample.Number, structure, cancellation)
                            : scorer.Missing(sample.Reference, sample.Number, sampled.Problem)
                    ) with
                    {
                        Probability = sampled.Probability,
                        Source = sampled.Source,
                    }
            ),
        ];
        double scoring = Stopwatch.GetElapsedTime(start).TotalSeconds;
        open.Append(scores, structures, new JournalTiming(sampling, scoring));
        count.Add(scores);
        counter.Advance(0);
        return true;
    }

    /// <summary>The crystals with all their scores, in their order.</summary>
    private CrystalResult[] Results(EvaluationJournal open, CancellationToken cancellation)
    {
        ILookup<string, SampleScore> scores = open.Scores.ToLookup(score => score.Id);
        CrystalResult[] own = [.. Plan.References.Select(crystal => new CrystalResult([.. scores[crystal.Id]], null))];
        double?[] everyone = new Metre(matcher).SmallestRms(
            Plan.References,
            [.. own.Select(result => result.SmallestRms(int.MaxValue))],
            open.ReadStructures(),
            cancellation
        );
        return [.. own.Select((result, at) => result with { EveryoneRms = everyone[at] })];
    }

    private static EvaluationOrigin Origin(EvaluationOptions options, ReferenceSet references) =>
        new()
        {
            Program = ProgramVersion.Program,
            PlanVersion = EvaluationOrigin.CurrentPlanVersion,
            Data = Path.GetFileName(Path.TrimEndingDirectorySeparator(options.Data)),
            Split = options.Split,
            Limit = options.Limit,
            DataFingerprint = references.Fingerprint,
            Samples = options.Samples ?? 1,
            Tolerances = options.Tolerances == MatcherOptions.Csp ? null : $"{options.Tolerances}",
            Seed = options.Seed,
            HasSpaceGroups = true,
        };

    /// <summary>Counts structures that are scored, earlier sessions' too, and says so beside the progress.</summary>
    private sealed class ScoreCount(ProgressCounter counter, int all)
    {
        private readonly Lock gate = new();
        private int scored;
        private int matched;

        public void Add(IEnumerable<SampleScore> scores)
        {
            lock (gate)
            {
                foreach (SampleScore score in scores)
                {
                    scored++;
                    matched += score.Rms is null ? 0 : 1;
                }

                counter.Note = $"{scored} of {all} structures scored, {matched} match";
            }
        }
    }
}

/// <summary>A finished evaluation.</summary>
/// <param name="Summary">Its figures.</param>
/// <param name="Crystals">The crystals with the scores of their structures, in the order of the data.</param>
/// <param name="Folder">Where it was written; null where it was not.</param>
public sealed record EvaluationResult(EvaluationSummary Summary, IReadOnlyList<CrystalResult> Crystals, string? Folder);
