using Kagome.Crystals.Matching;
using Kagome.Evaluation.Scoring;

namespace Kagome.Evaluation;

/// <summary>An evaluation in numbers: what summary.json holds.</summary>
public sealed record EvaluationSummary
{
    /// <summary>What must be the same for the evaluation to come out the same.</summary>
    public required EvaluationOrigin Origin { get; init; }

    /// <summary>Name of the published benchmark that the data are, such as mp-20; null where that is not known.</summary>
    public string? Benchmark { get; init; }

    /// <summary>Crystals of the split, scored or not.</summary>
    public required int CrystalsInSplit { get; init; }

    /// <summary>Entries of the data that could not be read.</summary>
    public required int UnreadableEntries { get; init; }

    /// <summary>Predictions without a usable structure: the sampler broke down, or another program's is missing.</summary>
    public required int WithoutStructure { get; init; }

    /// <summary>Predictions of another composition than asked for.</summary>
    public required int OfOtherComposition { get; init; }

    /// <summary>Comparisons that ran into the matcher's time limit and count as failures.</summary>
    public required int OutOfTime { get; init; }

    /// <summary>The figures of all crystals.</summary>
    public required EvaluationMetrics Overall { get; init; }

    /// <summary>By the atoms in the cell.</summary>
    public required IReadOnlyList<GroupMetrics> ByAtomCount { get; init; }

    /// <summary>By the number of different elements.</summary>
    public required IReadOnlyList<GroupMetrics> ByElementCount { get; init; }

    /// <summary>By the energy above the hull in eV/atom; empty where the data tell none.</summary>
    public IReadOnlyList<GroupMetrics> ByEnergyAboveHull { get; init; } = [];

    /// <summary>Of formulas with several structures, by how many; empty where none has.</summary>
    public IReadOnlyList<PolymorphMetrics> Polymorphs { get; init; } = [];

    /// <summary>By the source of the first structure; empty where there is but one.</summary>
    public IReadOnlyList<GroupMetrics> BySource { get; init; } = [];

    /// <summary>What the probabilities of first structures were worth, from the lowest up; empty where none were given.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    /// <summary>Time that threads spent sampling, summed over threads and over sessions.</summary>
    public double SecondsSampling { get; init; }

    /// <summary>Time that threads spent comparing structures and working out these figures, summed likewise.</summary>
    public double SecondsScoring { get; init; }

    internal static EvaluationSummary Of(EvaluationPlan plan, IReadOnlyList<CrystalResult> results, double stol)
    {
        long seed = plan.Origin.Seed;
        SampleScore[] scores = [.. results.SelectMany(result => result.Samples)];
        return new EvaluationSummary
        {
            Origin = plan.Origin,
            Benchmark = plan.Options.Benchmark ?? Evaluation.Benchmark.OfFile(plan.Options.Data),
            CrystalsInSplit = plan.CrystalsInSplit,
            UnreadableEntries = plan.UnreadableEntries,
            WithoutStructure = scores.Count(score => score.Verdict is null),
            OfOtherComposition = scores.Count(score => score.Verdict == MatchVerdict.CompositionDiffers),
            OutOfTime = scores.Count(score => score.Verdict == MatchVerdict.LimitExceeded),
            Overall = EvaluationMetrics.Of(results, stol, seed),
            ByAtomCount = Breakdown.ByAtomCount(results, stol, seed),
            ByElementCount = Breakdown.ByElementCount(results, stol, seed),
            ByEnergyAboveHull = Breakdown.ByEnergyAboveHull(results, stol, seed),
            BySource = Breakdown.BySource(results, stol, seed),
            Reliability = ReliabilityBin.Of(results, seed),
        };
    }
}

/// <summary>What must be the same for an evaluation to come out the same.</summary>
public sealed record EvaluationOrigin
{
    /// <summary>How this version cuts the work into units: another number, and the same seed rounds differently.</summary>
    internal const int CurrentPlanVersion = 2;

    /// <summary>Name and version.</summary>
    public required string Program { get; init; }

    /// <summary>How the work was cut into units; 1 where nothing says so, for batches of cells of one size.</summary>
    public int PlanVersion { get; init; } = 1;

    /// <summary>The model that sampled; null where another program made the structures.</summary>
    public string? Model { get; init; }

    /// <summary>What <c>sha256sum</c> prints of the model's file; null where no model sampled.</summary>
    public string? ModelSha256 { get; init; }

    /// <summary>Where the structures of another program came from; null where a model sampled.</summary>
    public string? Predictions { get; init; }

    /// <summary>Changes with any of these structures.</summary>
    public string? PredictionsFingerprint { get; init; }

    /// <summary>File name of the reference crystals.</summary>
    public required string Data { get; init; }

    /// <summary>Which entries of the data were scored, of those that name their split.</summary>
    public required string Split { get; init; }

    /// <summary>Most crystals that were to be scored; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Changes with the crystals that are scored.</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>K: structures of each crystal.</summary>
    public required int Samples { get; init; }

    /// <summary>Of all noise and of the confidence intervals.</summary>
    public required long Seed { get; init; }

    /// <summary>Moves of the sampler; null for structures of another program.</summary>
    public int? Steps { get; init; }

    /// <summary>All options of the sampler, by name.</summary>
    public IReadOnlyDictionary<string, string> Sampler { get; init; } = new Dictionary<string, string>();

    /// <summary>When a structure matches; null for the tolerances of published figures.</summary>
    public string? Tolerances { get; init; }

    /// <summary>Whether space groups were compared.</summary>
    public bool HasSpaceGroups { get; init; }
}
