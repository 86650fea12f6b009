using System.Globalization;

namespace Kagome.Campaigns.Slurm;

/// <summary>The script that sbatch takes: a job array whose tasks work on shards, go on after the time limit, and try again where they fail.</summary>
internal static class SlurmScript
{
    /// <summary>Tries of a task that fails; then it stays failed until the campaign is submitted again.</summary>
    public const int MostTries = 3;

    /// <summary>What the lines that it writes about tries and stops begin with.</summary>
    public const string Voice = "kagome: task ";

    /// <summary>What the script asks for itself.</summary>
    public static readonly string[] OwnOptions =
    [
        "--account",
        "--array",
        "--cpus-per-task",
        "--mem",
        "--ntasks",
        "--open-mode",
        "--output",
        "--partition",
        "--requeue",
        "--signal",
        "--time",
    ];

    /// <summary>The script's text.</summary>
    /// <param name="campaign">Its folder is the script's working directory.</param>
    /// <param name="array">What there is to do.</param>
    /// <param name="options">What tasks ask for.</param>
    /// <param name="program">How kagome is called: a command and its first arguments.</param>
    public static string Text(Campaign campaign, SlurmArray array, SlurmOptions options, IReadOnlyList<string> program)
    {
        string limit = options.TasksAtOnce is { } most ? $"%{most.ToString(CultureInfo.InvariantCulture)}" : "";
        IEnumerable<string> asked =
        [
            $"--job-name={JobName(campaign)}",
            $"--array={array.Numbers()}{limit}",
            "--ntasks=1",
            string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={options.Processors}"),
            $"--mem={options.Memory}",
            $"--time={SlurmTime.Format(options.TimeLimit)}",
            string.Create(CultureInfo.InvariantCulture, $"--signal=B:USR1@{options.StopBefore.TotalSeconds:F0}"),
            "--requeue",
            "--open-mode=append",
            $"--output={SlurmFolder.Name}/%A_%a.log",
            .. options.Partition is { } partition ? [$"--partition={partition}"] : (string[])[],
            .. options.Account is { } account ? [$"--account={account}"] : (string[])[],
            .. options.Further,
        ];
        string folder = Quoted(RequireName(Path.GetFullPath(campaign.Folder)));
        return $$"""
            #!/bin/bash
            # Written by `kagome campaign submit`. To submit it by hand: cd {{Quoted(
                campaign.Folder
            )}} && sbatch {{SlurmFolder.Name}}/<this file>
            {{string.Join('\n', asked.Select(option => $"#SBATCH {option}"))}}

            cd {{folder}} || exit 1
            kagome=({{string.Join(' ', program.Select(Quoted))}})
            task=$SLURM_ARRAY_TASK_ID
            failures={{SlurmFolder.Name}}/failures-$task
            export DOTNET_PROCESSOR_COUNT=${SLURM_CPUS_PER_TASK:-1}

            worker= limit= stopped=
            trap 'limit=yes; [ -z "$worker" ] || kill -TERM "$worker" 2>/dev/null' USR1     # the time limit is near
            trap 'stopped=yes; [ -z "$worker" ] || kill -TERM "$worker" 2>/dev/null' TERM   # cancelled, or another job takes the node

            # Puts this task back into the queue, where it waits two minutes.
            again() { scontrol requeue "${SLURM_ARRAY_JOB_ID}_$task" && sleep 60; }
            done_so_far() { ls -d {{ShardFolder.FinishedName}}/"$number".* {{ShardFolder.UnfinishedName}}/"$number"/* 2>/dev/null; }

            code=0 progress=
            for ((shard = task; shard < {{array.Shards}}; shard += {{array.Length}})); do
                [ -z "$limit$stopped" ] || { code=130; break; }
                number=$(printf %05d "$shard")
                before=$(done_so_far)
                "${kagome[@]}" campaign run . --shard "$shard" &
                worker=$!
                wait "$worker"; code=$?
                while kill -0 "$worker" 2>/dev/null; do wait "$worker"; code=$?; done
                worker=
                [ "$before" = "$(done_so_far)" ] || progress=yes
                [ "$code" = 0 ] || break
            done

            if [ "$code" = 0 ]; then
                rm -f "$failures"
            elif [ -n "$stopped" ]; then
                echo "{{Voice}}$task was stopped; what is done stays."
            elif [ -n "$limit" ] && [ -n "$progress" ]; then
                echo "{{Voice}}$task goes on where it is after the time limit."
                again
            elif [ -n "$limit" ]; then
                echo "kagome: the time limit of {{SlurmTime.Format(
                options.TimeLimit
            )}} is too short for a single formula; submit again with a longer one."
                code=1
            elif [ "$code" != 2 ]; then # 2: an input that no second try mends
                echo "$code" >>"$failures"
                tries=$(wc -l <"$failures")
                echo "{{Voice}}$task ended with $code, try $tries of {{MostTries}}."
                if [ "$tries" -lt {{MostTries}} ]; then again; else rm -f "$failures"; fi
            fi
            exit "$code"

            """.ReplaceLineEndings(
            "\n"
        );
    }

    /// <exception cref="InputException">Slurm would take it for another name.</exception>
    private static string RequireName(string folder) =>
        folder.Any(letter => letter is '%' or '\\' || char.IsControl(letter))
            ? throw new InputException(
                $"{folder} has a letter that Slurm takes for something else (%, \\ or a control character); give the campaign a folder without it.",
                folder
            )
            : folder;

    /// <summary>A name that squeue shows, of letters that sbatch takes.</summary>
    private static string JobName(Campaign campaign)
    {
        char[] name =
        [
            .. Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(campaign.Folder)))
                .Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'),
        ];
        return name.Length == 0 ? "kagome" : $"kagome-{new string(name)}";
    }

    private static string Quoted(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
