using Kagome.Output;

namespace Kagome.Web.Jobs;

/// <summary>How far a job is.</summary>
internal enum JobState
{
    /// <summary>In the queue.</summary>
    Waiting,

    /// <summary>Worked on.</summary>
    Running,

    /// <summary>Ended with all its candidates.</summary>
    Done,

    /// <summary>Ended by a problem.</summary>
    Failed,

    /// <summary>Ended by a visitor; what was found until then is kept.</summary>
    Cancelled,
}

/// <summary>A prediction that somebody asked for.</summary>
internal sealed record Job
{
    /// <summary>Its name in links.</summary>
    public required string Id { get; init; }

    /// <summary>As it was typed.</summary>
    public required string Formula { get; init; }

    public required string ReducedFormula { get; init; }

    public required JobRequest Request { get; init; }

    public JobState State { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>Among those that wait: 1 is the next. Null where it does not wait.</summary>
    public int? Place { get; init; }

    /// <summary>Null where it does not run, or where nothing is generated.</summary>
    public JobProgress? Progress { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Problem { get; init; }

    /// <summary>What to doubt in the candidates, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Distinct crystals found so far.</summary>
    public int Crystals { get; init; }

    /// <summary>Grows when candidates change.</summary>
    public int Revision { get; init; }

    /// <summary>Whether the candidates are all that there will be.</summary>
    public bool IsFinal { get; init; }

    /// <summary>The first candidate; null where there is none yet.</summary>
    public BestCandidate? Best { get; init; }

    internal bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}

/// <summary>The first candidate of a job at a glance.</summary>
internal sealed record BestCandidate(int Rank, SpaceGroupName? SpaceGroup, double? Probability);

/// <summary>A space group by number, 1 to 230, and symbol, such as Fm-3m.</summary>
internal sealed record SpaceGroupName(int Number, string Symbol)
{
    public static SpaceGroupName? Of(SymmetryDocument? symmetry) =>
        symmetry is null ? null : new(symmetry.Number, symmetry.Symbol);
}

/// <summary>How far the generator is.</summary>
/// <param name="Done">Of the total.</param>
/// <param name="Total">Above 0.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="PerSecond">Since the job was begun; null where nothing is done yet.</param>
/// <param name="SecondsLeft">At that rate; null where there is none.</param>
internal sealed record JobProgress(long Done, long Total, string Unit, double? PerSecond, double? SecondsLeft);

/// <summary>A page of the history.</summary>
/// <param name="Jobs">Newest first.</param>
/// <param name="Next">What to give as <c>before</c> for the next page; null where there is none.</param>
internal sealed record JobPage(IReadOnlyList<Job> Jobs, string? Next);
