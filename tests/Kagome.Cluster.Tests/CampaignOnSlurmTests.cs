using System.Globalization;
using Kagome.Campaigns;
using Kagome.Testing;

namespace Kagome.Cluster.Tests;

/// <summary>kagome campaign on a real Slurm, as a user gives it the commands of docs/cluster.md.</summary>
public sealed class CampaignOnSlurmTests(SlurmMachine machine)
{
    private const int Stuck = 3; // the shard whose first worker never ends
    private const int Broken = 5; // the shard whose first two workers fail
    private const int FewestKills = 2;
    private const int MostKills = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private static string[] Formulas =>
        [
            .. from metal in "Li Na K Rb Cs Mg Ca Sr Ba Zn".Split(' ')
            from other in "O S Se Te F Cl Br I H N".Split(' ')
            select metal + other,
            .. from large in "Ca Sr Ba Pb Eu La Ce Pr Nd Sm".Split(' ')
            from small in "Ti Zr Hf Sn Mn Fe Al Cr Co V".Split(' ')
            select $"{large}{small}O3",
        ];

    [Fact]
    public async Task Campaign_with_killed_failing_and_timed_out_workers_ends_as_if_undisturbed()
    {
        IReadOnlyDictionary<string, string> slurm = await machine.VariablesAsync();
        using TemporaryFolder folder = new();
        await File.WriteAllLinesAsync(folder["formulas.txt"], Formulas, TestContext.Current.CancellationToken);
        (
            await Command.KagomeAsync(
                folder.Location,
                [
                    "campaign",
                    "new",
                    "quiet",
                    "--from",
                    "formulas.txt",
                    "--shard-size",
                    "25",
                    "--candidates",
                    "prototypes",
                ]
            )
        ).AssertSuccess();
        Copy(folder["quiet"], folder["wild"]);
        (await Command.KagomeAsync(folder.Location, "campaign", "run", "quiet", "--all")).AssertSuccess();

        Task<Command> SubmitAsync() =>
            Command.RunAsync(
                folder.Location,
                slurm,
                "dotnet",
                [
                    Command.KagomePath,
                    .. "campaign submit wild --slurm --time 2 --stop-before 30 --cpus 1 --mem 1500M --program".Split(
                        ' '
                    ),
                    Program(folder),
                ]
            );
        (await SubmitAsync()).AssertSuccess();
        int kills = await DisturbAsync(folder, slurm, SubmitAsync);

        string[] shards = [.. Enumerable.Range(0, 8).Select(shard => $"shards/{shard:D5}.jsonl.gz")];
        Assert.All(
            shards,
            shard =>
                Assert.Equal(File.ReadAllBytes(folder[$"quiet/{shard}"]), File.ReadAllBytes(folder[$"wild/{shard}"]))
        );
        Assert.InRange(kills, FewestKills, MostKills);
        Assert.InRange(Starts(folder, Broken), 3, int.MaxValue);
        Assert.InRange(Starts(folder, Stuck), 2, int.MaxValue);
        string[] logs = Directory.GetFiles(folder["wild/slurm"], $"*_{Stuck}.log");
        Assert.Contains(logs, log => File.ReadAllText(log).Contains("after the time limit", StringComparison.Ordinal));
    }

    /// <summary>Kills workers at random and lets tasks that wait go on, until all is done.</summary>
    /// <returns>How many were killed.</returns>
    private static async Task<int> DisturbAsync(
        TemporaryFolder folder,
        IReadOnlyDictionary<string, string> slurm,
        Func<Task<Command>> submitAsync
    )
    {
        Random random = new(1);
        int kills = 0;
        long begin = TimeProvider.System.GetTimestamp();
        Campaign campaign = Campaign.Open(folder["wild"]);
        for (int round = 0; !CampaignStatus.Read(campaign).IsComplete; round++)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < Patience, await Told(folder, slurm));
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            // quickly at first: on a machine with other work a round takes long, and there are few while workers run
            if (
                round % (kills < FewestKills ? 2 : 4) == 1
                && kills < MostKills
                && Workers(folder) is { Length: > 0 } workers
            )
            {
                kills +=
                    (await Command.RunAsync("/", slurm, "kill", "-KILL", random.GetItems(workers, 1)[0])).ExitCode == 0
                        ? 1
                        : 0;
            }

            string queue = (
                await Command.RunAsync("/", slurm, "squeue", "--noheader", "--array", "--format=%F_%K %r")
            ).AssertSuccess();
            foreach (
                string[] task in queue
                    .Split('\n')
                    .Select(line => line.Split(' '))
                    .Where(task => task is [_, "BeginTime"])
            )
            {
                await Command.RunAsync("/", slurm, "scontrol", "update", $"jobid={task[0]}", "starttime=now"); // not in two minutes
            }

            if (queue.Length == 0 && !CampaignStatus.Read(campaign).IsComplete)
            {
                (await submitAsync()).AssertSuccess(); // killed three times: as a user would
            }
        }

        return kills;
    }

    /// <summary>What is wrong, for whoever reads of a failed test.</summary>
    private static async Task<string> Told(TemporaryFolder folder, IReadOnlyDictionary<string, string> slurm)
    {
        Command status = await Command.RunAsync(
            folder.Location,
            slurm,
            "dotnet",
            Command.KagomePath,
            "campaign",
            "status",
            "wild"
        );
        return $"not done after {Patience}:\n{status.Output}{status.Error}";
    }

    /// <summary>Processes of the campaign's kagome, but for the one that is stuck.</summary>
    private static string[] Workers(TemporaryFolder folder) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(path => Path.GetFileName(path))
                .Where(name => name.All(char.IsAsciiDigit))
                .Where(process =>
                {
                    try
                    {
                        string[] words = File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
                        return words is [_, var program, "campaign", "run", ..]
                            && program == Command.KagomePath
                            && File.ResolveLinkTarget($"/proc/{process}/cwd", returnFinalTarget: false)?.FullName
                                == folder["wild"]
                            && !words.Contains(Stuck.ToString(CultureInfo.InvariantCulture));
                    }
                    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                    {
                        return false; // it has just ended
                    }
                }),
        ];

    /// <summary>A kagome whose first worker on one shard hangs until its time is over, and whose first two on another fail.</summary>
    private static string Program(TemporaryFolder folder)
    {
        string path = folder["kagome.sh"];
        File.WriteAllText(
            path,
            $$"""
            #!/bin/bash
            shard="${@: -1}"
            echo x >>'{{folder["starts"]}}'-"$shard"
            count=$(wc -l <'{{folder["starts"]}}'-"$shard")
            if [ "$shard" = {{Broken}} ] && [ "$count" -le 2 ]; then
                echo "this node is broken" >&2
                exit 1
            fi
            if [ "$shard" != {{Stuck}} ] || [ "$count" != 1 ]; then
                exec dotnet '{{Command.KagomePath}}' "$@"
            fi
            dotnet '{{Command.KagomePath}}' "$@" &
            worker=$!
            trap 'kill -CONT $worker; kill -TERM $worker' TERM
            until ls work/0000{{Stuck}}/*.json >/dev/null 2>&1; do sleep 0.1; done
            kill -STOP $worker
            while kill -0 $worker 2>/dev/null; do wait $worker; code=$?; done
            exit $code
            """
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private static int Starts(TemporaryFolder folder, int shard) => File.ReadAllLines(folder[$"starts-{shard}"]).Length;

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
