namespace Kagome.Campaigns;

/// <summary>What a cluster's queue says of the task that works on a shard.</summary>
/// <param name="Name">As the queue calls it, such as 4711_12.</param>
/// <param name="Phase">What that means.</param>
/// <param name="State">In the queue's own word, such as PENDING or OUT_OF_MEMORY.</param>
/// <param name="Reason">In the queue's own words, such as Priority or NonZeroExitCode; null where it gives none.</param>
/// <param name="Nodes">Where it runs or ran; null where it has not begun.</param>
/// <param name="LastWords">The last line of its log; null where there is none, or nobody has looked.</param>
public sealed record QueueTask(
    string Name,
    QueuePhase Phase,
    string State,
    string? Reason,
    string? Nodes,
    string? LastWords = null
);

/// <summary>How far a task of a queue is.</summary>
public enum QueuePhase
{
    /// <summary>It has not begun, or waits to go on.</summary>
    Waiting,

    /// <summary>It has begun and not ended.</summary>
    Running,

    /// <summary>It ended as it should.</summary>
    Ended,

    /// <summary>It ended otherwise.</summary>
    Failed,
}
