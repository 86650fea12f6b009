using System.CommandLine;
using Kagome.Campaigns;
using Kagome.Campaigns.Slurm;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome campaign submit: a campaign as a job array of a cluster.</summary>
internal static partial class CampaignCommand
{
    private const string SubmitHelp = """
        Give what is to do of a campaign to Slurm, as one job array.

        Examples:
          kagome campaign submit screening --slurm --partition short --time 04:00:00 --cpus 8 --mem 16G
          kagome campaign submit screening --slurm --array-limit 50 --sbatch=--constraint=skylake
          kagome campaign submit screening --slurm --dry-run

        Shards that are finished, or in the queue already, are left out. Before its time is over a task stops and is put back into the queue; one that fails is tried
        three times. The script stays in DIR/slurm with the logs of the tasks.
        """;

    private static Command CreateSubmit()
    {
        Argument<string> folder = Folder();
        SlurmOptions standard = new();
        Option<bool> slurm = Flag("--slurm", "To Slurm, the one queue that is known so far; has to be given.");
        Option<string?> partition = Text("--partition", "The partition; without it the cluster's usual one.");
        Option<string?> account = Text("--account", "Who pays; without it your usual account.");
        Option<string> time = Text(
                "--time",
                "The time limit of a task, such as 04:00:00 or 2-00:00:00.",
                SlurmTime.Format(standard.TimeLimit)
            )
            .Requiring(token => SlurmTime.Parse(token) is not null, "a time of Slurm, such as 04:00:00.");
        Option<int> stopBefore = Value(
            "--stop-before",
            "How many seconds before its time is over a task stops; Slurm may be a minute early.",
            (int)standard.StopBefore.TotalSeconds
        );
        Option<int> processors = PositiveNumber(
            "--cpus",
            "Processors of a task, as many formulas as it works on at once.",
            standard.Processors
        );
        Option<string> memory = Text("--mem", "Memory of a task.", standard.Memory);
        Option<int?> most = PositiveNumber("--array-limit", "Most tasks at once.");
        Option<string[]> further = new("--sbatch")
        {
            Description = "Another option of sbatch, such as --sbatch=--constraint=skylake; may be given again.",
            DefaultValueFactory = _ => [],
        };
        Option<string?> program = Text("--program", "The kagome that tasks call; without it this one.");
        Option<bool> dryRun = Flag("--dry-run", "Show the script, and neither keep nor submit it.");
        Option<bool> json = Json("Print what was submitted as JSON on stdout.");
        return new Command("submit", SubmitHelp)
            .With(folder, slurm, partition, time, processors, memory, most, account, stopBefore, further)
            .With(program, dryRun, json)
            .SetWork(
                async (parsed, cancellation) =>
                {
                    if (!parsed.GetValue(slurm))
                    {
                        throw new InputException("Say which queue: --slurm.");
                    }

                    Campaign campaign = Campaign.Open(parsed.GetRequiredValue(folder));
                    SlurmOptions options = new()
                    {
                        Partition = parsed.GetValue(partition),
                        Account = parsed.GetValue(account),
                        TimeLimit = SlurmTime.Parse(parsed.GetRequiredValue(time)) ?? standard.TimeLimit,
                        StopBefore = TimeSpan.FromSeconds(parsed.GetValue(stopBefore)),
                        Processors = parsed.GetValue(processors),
                        Memory = parsed.GetRequiredValue(memory),
                        TasksAtOnce = parsed.GetValue(most),
                        Further = parsed.GetRequiredValue(further),
                    };
                    options.Validate();
                    return await SubmitAsync(
                        campaign,
                        options,
                        SlurmPrograms.Program(parsed.GetValue(program)),
                        parsed.GetValue(dryRun),
                        parsed.GetValue(json),
                        CommandStreams.Of(parsed),
                        cancellation
                    );
                }
            );
    }

    private static async Task<int> SubmitAsync(
        Campaign campaign,
        SlurmOptions options,
        IReadOnlyList<string> program,
        bool isDry,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        SlurmFolder slurm = new(campaign);
        slurm.Submissions(); // a list that cannot be read cannot be added to, which should not show when a job is submitted
        CampaignStatus status = await StatusOfAsync(campaign, streams, cancellation);
        ShardStatus[] unfinished = [.. status.Shards.Where(shard => shard.State != ShardState.Finished)];
        int[] open =
        [
            .. unfinished
                .Where(shard => shard.Task?.Phase is not (QueuePhase.Waiting or QueuePhase.Running))
                .Select(shard => shard.Shard),
        ];
        if (open.Length == 0)
        {
            string why = unfinished.Length == 0 ? "all shards are finished" : "all that is to do is in the queue";
            streams.Error.WriteLine($"{campaign.Folder}: {why}; nothing was submitted.");
            return ExitCode.Success;
        }

        int largest = isDry ? SlurmPrograms.UsualLargestArray : await SlurmPrograms.LargestArrayAsync(cancellation);
        SlurmArray array = SlurmArray.Of(campaign.ShardCount, open, largest);
        string text = slurm.Script(array, options, program);
        if (isDry)
        {
            streams.Output.WriteLine(text);
            return ExitCode.Success;
        }

        string script = slurm.Write(text);
        streams.Error.WriteLine(text);
        long job = await SlurmPrograms.SubmitAsync(campaign.Folder, script, cancellation);
        SlurmSubmission submission = new(job, script, array.Shards, array.Length, array.Tasks);
        slurm.Add(submission);
        return streams.Print(
            printsJson,
            DocumentSchema.CampaignSubmission,
            submission,
            output => CampaignView.Print(output, campaign, submission, open.Length)
        );
    }

    /// <summary>What is on the disk, with what the queue says of it where the campaign was submitted.</summary>
    private static async Task<CampaignStatus> StatusOfAsync(
        Campaign campaign,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        CampaignStatus status = CampaignStatus.Read(campaign);
        SlurmFolder slurm = new(campaign);
        try
        {
            IReadOnlyList<SlurmSubmission> submissions = slurm.Submissions();
            if (submissions.Count == 0 || status.IsComplete)
            {
                return status;
            }

            string queue = await SlurmPrograms.QueueAsync(submissions, cancellation);
            return status.With(
                SlurmQueue
                    .Read(queue, submissions)
                    .ToDictionary(
                        shard => shard.Key,
                        shard =>
                            shard.Value.Phase == QueuePhase.Failed
                                ? shard.Value with
                                {
                                    LastWords = slurm.LastWords(shard.Value),
                                }
                                : shard.Value
                    )
            );
        }
        catch (InputException exception)
        {
            streams.Error.WriteLine($"warning: {exception.Message} What follows is from the folder alone.");
            return status;
        }
    }
}
