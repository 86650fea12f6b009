using Kagome.Crystals.Structures;
using Kagome.Work;

namespace Kagome.Evaluation;

/// <summary>Where the structures to be scored come from.</summary>
internal interface ISampleSource : IDisposable
{
    /// <summary>All structures to be scored, in parts that do not depend on each other.</summary>
    IReadOnlyList<EvaluationUnit> Units { get; }

    /// <summary>What keeps the figures from saying what they seem to say.</summary>
    IReadOnlyList<string> Concerns { get; }

    /// <summary>What <see cref="Sample"/> counts, such as structures.</summary>
    string WorkUnit { get; }

    /// <summary>What units are worked on; the caller's to end.</summary>
    WorkerThreads CreateWorkers();

    /// <summary>Adds to an evaluation's origin what it owes to this source.</summary>
    EvaluationOrigin Complete(EvaluationOrigin origin);

    /// <summary>How much work a unit is, as <see cref="Sample"/> reports it.</summary>
    long Work(EvaluationUnit unit);

    /// <summary>The structures of a unit, in the order of its samples; called from several threads.</summary>
    IReadOnlyList<SampledStructure> Sample(EvaluationUnit unit, Action<long> advance, CancellationToken cancellation);
}

/// <summary>A structure to be scored.</summary>
/// <param name="Structure">Null where there is none.</param>
/// <param name="Problem">Why there is none; null where there is one.</param>
internal sealed record SampledStructure(Structure? Structure, string? Problem = null)
{
    /// <summary>That it is the crystal, 0 to 1; null where nothing says it.</summary>
    public double? Probability { get; init; }

    /// <summary>How it was found; null where another program made it.</summary>
    public CandidateSources? Source { get; init; }
}
