namespace Kagome.Evaluation.Metrics;

/// <summary>An evaluation in numbers: what summary.json holds.</summary>
public sealed record EvaluationSummary
{
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

    public required EvaluationMetrics Overall { get; init; }

    public required IReadOnlyList<GroupMetrics> ByAtomCount { get; init; }

    public required IReadOnlyList<GroupMetrics> ByElementCount { get; init; }

    /// <summary>Time that threads spent sampling, summed over threads and over sessions.</summary>
    public required double SecondsSampling { get; init; }

    /// <summary>The same for comparing structures and working out these figures.</summary>
    public required double SecondsScoring { get; init; }
}
