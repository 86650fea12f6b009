using Kagome.Evaluation.Scoring;

namespace Kagome.Evaluation;

/// <summary>The structures to score, as independent, seeded units of work.</summary>
/// <remarks>The same options, data and model give the same plan, in any process: units may be worked on in any order.</remarks>
public sealed record EvaluationPlan
{
    /// <summary>What was asked for.</summary>
    public required EvaluationOptions Options { get; init; }

    /// <summary>What has to be the same for the evaluation to come out the same.</summary>
    public required EvaluationOrigin Origin { get; init; }

    /// <summary>The known crystals that are scored, in the order of the data, each with a name of its own.</summary>
    public required IReadOnlyList<ReferenceCrystal> References { get; init; }

    /// <summary>How many crystals there are without a limit.</summary>
    public required int CrystalsInSplit { get; init; }

    /// <summary>Entries of the data that hold no crystal.</summary>
    public required int UnreadableEntries { get; init; }

    /// <summary>Structures that are made and scored together, none of which depends on another unit.</summary>
    public required IReadOnlyList<EvaluationUnit> Units { get; init; }

    /// <summary>What keeps the figures from saying what they seem to say.</summary>
    public required IReadOnlyList<string> Concerns { get; init; }
}

/// <summary>Structures that are made and scored together, on one thread.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Samples">At least one.</param>
public sealed record EvaluationUnit(int Number, IReadOnlyList<EvaluationSample> Samples)
{
    /// <summary>Atoms of all samples.</summary>
    public long AtomCount => Samples.Sum(sample => (long)sample.Reference.Structure.AtomCount);
}

/// <summary>One structure to be scored.</summary>
/// <param name="Reference">What it should be.</param>
/// <param name="Number">Which of the reference's structures it is, from 1.</param>
/// <param name="Seed">The seed of all its noise; null where another program made it.</param>
public readonly record struct EvaluationSample(ReferenceCrystal Reference, int Number, long? Seed = null);
