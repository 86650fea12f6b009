using System.Globalization;
using Kagome.Campaigns;
using Kagome.Campaigns.Merging;
using Kagome.Campaigns.Slurm;

namespace Kagome.Cli.Views;

/// <summary>Campaigns on the screen.</summary>
internal static class CampaignView
{
    private const int MostReasons = 10;

    /// <summary>What was planned, and what comes next.</summary>
    public static void Print(TextWriter output, Campaign campaign)
    {
        string last = campaign.ShardCount > 1 ? $"0 to {campaign.ShardCount - 1}" : "0";
        output.WriteLine(
            $"{campaign.Folder}: {Counted(campaign.Formulas.Count, "formula")} in {Counted(campaign.ShardCount, "shard")} ({last}) of {campaign.Settings.ShardSize} at most"
        );
        if (campaign.Repetitions > 0)
        {
            output.WriteLine($"  {Counted(campaign.Repetitions, "line")} said what another had said, and count once.");
        }

        if (campaign.LinesLeftOut > 0)
        {
            output.WriteLine(
                $"  {Counted(campaign.LinesLeftOut, "line")} cannot be predicted: {Path.Combine(campaign.Folder, "left-out.txt")}."
            );
        }

        output.WriteLine($"  Next: kagome campaign run {campaign.Folder} --all, or --shard for each on a cluster.");
    }

    /// <summary>What came of a shard, on a line.</summary>
    public static string Words(ShardOutcome outcome)
    {
        string failed = outcome.Failed > 0 ? $", {outcome.Failed} of them failed" : "";
        string now =
            outcome.DoneNow == 0 ? "finished before, and sound"
            : outcome.DoneNow < outcome.Formulas ? $"{outcome.DoneNow} of them done now"
            : "all done now";
        return $"shard {outcome.Shard}: {Counted(outcome.Formulas, "formula")}{failed}; {now}";
    }

    /// <summary>How far it is.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="status">What to say.</param>
    /// <param name="reword">Puts a problem in the words of the command line.</param>
    public static void Print(TextWriter output, CampaignStatus status, Func<FormulaProblem, string> reword)
    {
        TextTable.Write(output, Rows(status));
        foreach (FailureGroup group in status.Failures.Take(MostReasons))
        {
            string more = group.Count > group.Formulas.Count ? ", …" : "";
            output.WriteLine(
                $"  {group.Count} failed: {reword(group.Problem)} ({string.Join(", ", group.Formulas)}{more})"
            );
        }

        if (status.Failures.Count > MostReasons)
        {
            output.WriteLine($"  … and {status.Failures.Count - MostReasons} more reasons");
        }

        foreach (ShardStatus shard in status.Shards.Where(shard => shard.Damage is not null))
        {
            output.WriteLine($"  {shard.Damage}");
        }

        ShardStatus[] lost =
        [
            .. status.Shards.Where(shard =>
                shard is { Task.Phase: QueuePhase.Failed, State: not ShardState.Finished and not ShardState.Running }
            ),
        ];
        foreach (ShardStatus shard in lost.Take(MostReasons))
        {
            string reason = shard.Task!.Reason is { } given ? $" ({given})" : "";
            string words = shard.Task.LastWords is { } last ? $": {last}" : "";
            output.WriteLine(
                $"  shard {shard.Shard}: task {shard.Task.Name} ended as {shard.Task.State}{reason}{words}"
            );
        }

        if (lost.Length > 0)
        {
            string more = lost.Length > MostReasons ? $"… and {lost.Length - MostReasons} more. " : "";
            output.WriteLine($"  {more}Submit the campaign again for what such tasks left undone.");
        }
    }

    /// <summary>What was submitted.</summary>
    public static void Print(TextWriter output, Campaign campaign, SlurmSubmission submission, int shards)
    {
        output.WriteLine(
            $"{campaign.Folder}: {Counted(shards, "shard")} as job {submission.Job}, {Counted(submission.Tasks.Count, "task")}"
        );
        output.WriteLine($"  Next: kagome campaign status {campaign.Folder}; scancel {submission.Job} stops it.");
    }

    /// <summary>What was opened again.</summary>
    public static void Print(TextWriter output, Campaign campaign, IReadOnlyList<ReopenedShard> shards)
    {
        output.WriteLine(
            shards.Count == 0
                ? $"{campaign.Folder}: no formula has failed"
                : $"{campaign.Folder}: {Counted(shards.Sum(shard => shard.Formulas), "formula")} to do again, in {(shards.Count == 1 ? "shard" : "shards")} {string.Join(", ", shards.Select(shard => shard.Shard))}"
        );
    }

    /// <summary>Where the page about merged results lies unless it is said: beside them.</summary>
    public static string ReportFolder(string path)
    {
        string name = Path.GetFileName(path);
        return Path.Combine(
            Path.GetDirectoryName(path) ?? "",
            $"{name[..name.IndexOf('.', StringComparison.Ordinal)]}-report"
        );
    }

    /// <summary>What was merged.</summary>
    public static void Print(TextWriter output, CampaignSummary summary, string path, string report)
    {
        string failed = summary.Failed.Count > 0 ? $", {summary.Failed.Count} of them without a structure" : "";
        string all = summary.Done < summary.Planned ? $"{summary.Done} of {summary.Planned}" : $"{summary.Done}";
        output.WriteLine($"{path}: {summary.Crystals} crystals of {all} formulas{failed}");
        output.WriteLine($"  Page with plots: {report}");
    }

    private static IEnumerable<(string Name, string Value)> Rows(CampaignStatus status)
    {
        yield return ("campaign", status.Folder);
        yield return ("done", $"{status.Done} of {Counted(status.Formulas, "formula")} ({Share(status)})");
        yield return ("failed", $"{status.Failed}");
        yield return ("to do", $"{status.ToDo}");
        yield return (
            "shards",
            string.Join(
                ", ",
                status
                    .Shards.CountBy(shard => shard.State)
                    .OrderByDescending(state => state.Key == ShardState.Finished)
                    .ThenBy(state => state.Key)
                    .Select(state => $"{state.Value} {Word(state.Key)}")
            )
        );
        string[] queued =
        [
            .. status
                .Shards.Where(shard => shard.State != ShardState.Finished)
                .Select(shard => shard.Task)
                .OfType<QueueTask>()
                .CountBy(task => (task.State, Reason: task.Phase == QueuePhase.Waiting ? task.Reason : null))
                .Select(task =>
                    $"{task.Value} {task.Key.State.ToLowerInvariant()}{(task.Key.Reason is { } reason ? $" ({reason})" : "")}"
                ),
        ];
        if (queued.Length > 0)
        {
            yield return ("queue", string.Join(", ", queued));
        }

        string[] machines =
        [
            .. status
                .Shards.Select(shard => shard.Machine)
                .OfType<string>()
                .CountBy(machine => machine)
                .Select(machine => $"{machine.Key} ({machine.Value})"),
        ];
        if (machines.Length > 0)
        {
            yield return ("at work", string.Join(", ", machines));
        }

        if (status.FormulasPerHour is { } rate)
        {
            yield return ("rate", string.Create(CultureInfo.InvariantCulture, $"{rate:F0} formulas an hour"));
        }

        if (status.HoursLeft is { } hours && status.ToDo > 0)
        {
            yield return ("time left", ProgressLine.Format(TimeSpan.FromHours(Math.Min(hours, 1e6))));
        }
    }

    private static string Word(ShardState state) =>
        state switch
        {
            ShardState.ToDo => "to do",
            ShardState.Begun => "begun and left",
            _ => $"{state}".ToLowerInvariant(),
        };

    /// <summary>Never 100 % before the end.</summary>
    private static string Share(CampaignStatus status) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(1000.0 * status.Done / status.Formulas) / 10:F1} %");

    private static string Counted(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";
}
