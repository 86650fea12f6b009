using System.Globalization;

namespace Kagome.Campaigns.Slurm;

/// <summary>What Slurm says of a campaign's tasks.</summary>
public static class SlurmQueue
{
    /// <summary>What squeue has to print of each task: job, task, state, reason, nodes.</summary>
    public const string Format = "%F|%K|%T|%r|%N";

    /// <summary>What of a campaign's shards is in the queue, or was as far as Slurm remembers.</summary>
    /// <param name="text">What squeue printed by <see cref="Format"/>, a line for each task.</param>
    /// <param name="submissions">The campaign's, the first one first; the last one that has a shard counts.</param>
    /// <returns>The task of each shard.</returns>
    public static IReadOnlyDictionary<int, QueueTask> Read(string text, IEnumerable<SlurmSubmission> submissions)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(submissions);
        ILookup<(long Job, int Number), QueueTask> tasks = text.Split('\n')
            .Select(Read)
            .OfType<(long Job, int Number, QueueTask Task)>()
            .ToLookup(line => (line.Job, line.Number), line => line.Task);
        Dictionary<int, QueueTask> shards = [];
        foreach (SlurmSubmission submission in submissions)
        {
            foreach (int number in submission.Tasks)
            {
                foreach (int shard in submission.Array.ShardsOf(number))
                {
                    shards.Remove(shard); // what an earlier job made of it does not count any more
                    if (tasks[(submission.Job, number)].LastOrDefault() is { } task)
                    {
                        shards[shard] = task;
                    }
                }
            }
        }

        return shards;
    }

    private static (long Job, int Number, QueueTask Task)? Read(string line) =>
        line.Trim().Split('|') is [var job, var number, var state, var reason, var nodes]
        && long.TryParse(job, NumberStyles.None, CultureInfo.InvariantCulture, out long jobNumber)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int taskNumber)
            ? (
                jobNumber,
                taskNumber,
                new QueueTask(
                    $"{job}_{number}",
                    Phase(state),
                    state,
                    reason is "None" or "" ? null : reason,
                    nodes.Length > 0 ? nodes : null
                )
            )
            : null;

    private static QueuePhase Phase(string state) =>
        state switch
        {
            "PENDING" or "CONFIGURING" or "REQUEUED" or "REQUEUE_HOLD" or "REQUEUE_FED" or "SPECIAL_EXIT" =>
                QueuePhase.Waiting,
            "RUNNING" or "COMPLETING" or "SUSPENDED" or "STOPPED" or "SIGNALING" or "RESIZING" or "STAGE_OUT" =>
                QueuePhase.Running,
            "COMPLETED" => QueuePhase.Ended,
            _ => QueuePhase.Failed,
        };
}
