using System.Diagnostics;
using Kagome.Campaigns.Slurm;
using Kagome.Testing;

namespace Kagome.Campaigns.Tests.Slurm;

/// <summary>The script for sbatch, run by bash with a scontrol and a kagome that only say what they were asked.</summary>
public sealed class SlurmScriptTests : IDisposable
{
    private const string Requeued = "requeue 7_1";

    private readonly CampaignBench bench = new();

    [Fact]
    public void Text_what_tasks_ask_for_is_there()
    {
        string text = Script(
            new SlurmOptions
            {
                Partition = "short",
                Account = "physics",
                TimeLimit = TimeSpan.FromHours(30),
                StopBefore = TimeSpan.FromSeconds(90),
                Processors = 8,
                Memory = "16G",
                TasksAtOnce = 5,
                Further = ["--constraint=skylake|cascade"],
            }
        );

        HashSet<string> asked =
        [
            .. text.Split('\n')
                .Where(line => line.StartsWith("#SBATCH ", StringComparison.Ordinal))
                .Select(line => line["#SBATCH ".Length..]),
        ];
        Assert.Subset(
            asked,
            new HashSet<string>
            {
                "--array=0-2%5",
                "--cpus-per-task=8",
                "--mem=16G",
                "--time=1-06:00:00",
                "--signal=B:USR1@90",
                "--requeue",
                "--open-mode=append",
                "--partition=short",
                "--account=physics",
                "--constraint=skylake|cascade",
            }
        );
    }

    [Theory]
    [InlineData("short\n#SBATCH --uid=0")]
    [InlineData("short $(reboot)")]
    [InlineData("")]
    public void Script_word_that_is_none_is_refused(string word)
    {
        OptionException exception = Assert.Throws<OptionException>(() => Script(new SlurmOptions { Partition = word }));

        Assert.Equal(nameof(SlurmOptions.Partition), exception.Option);
    }

    [Fact]
    public void Script_stop_after_the_time_limit_is_refused() =>
        Assert.Equal(
            nameof(SlurmOptions.StopBefore),
            Assert
                .Throws<OptionException>(() => Script(new SlurmOptions { TimeLimit = TimeSpan.FromMinutes(2) }))
                .Option
        );

    [Theory]
    [InlineData("--array=0-1")]
    [InlineData("--time=1")]
    [InlineData("-t1")]
    public void Script_option_that_it_sets_itself_is_refused(string option) =>
        Assert.Equal(
            nameof(SlurmOptions.Further),
            Assert.Throws<OptionException>(() => Script(new SlurmOptions { Further = [option] })).Option
        );

    [Theory]
    [InlineData("50%A")]
    [InlineData("back\\slash")]
    [InlineData("new\nline")]
    public void Script_folder_whose_name_slurm_rewrites_is_refused(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There \\ is no letter of a name.");
        Campaign campaign = bench.Plan(name, formulas: 4);

        InputException exception = Assert.Throws<InputException>(() =>
            new SlurmFolder(campaign).Script(SlurmArray.Of(1, [0], 1001), new SlurmOptions(), ["kagome"])
        );
        Assert.Contains("takes for something else", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LastWords_of_a_task_that_was_tried_again_are_the_cause()
    {
        SlurmFolder slurm = new(Campaign());
        slurm.Write(Script(new SlurmOptions()));
        File.WriteAllText(
            Path.Combine(Campaign().Folder, "slurm", "7_1.log"),
            "kagome: No such file or directory\nkagome: task 1 ended with 127, try 3 of 3.\n"
        );

        Assert.Equal(
            "kagome: No such file or directory",
            slurm.LastWords(new QueueTask("7_1", QueuePhase.Failed, "FAILED", null, null))
        );
    }

    [Fact]
    public async Task Script_task_that_succeeds_works_on_its_shards()
    {
        (int code, string asked, _) = await RunAsync("exit 0", largestArray: 2);

        Assert.Equal((0, "campaign run . --shard 1"), (code, asked));
        (_, asked, _) = await RunAsync("exit 0", largestArray: 2, task: 0);
        Assert.Equal("campaign run . --shard 0\ncampaign run . --shard 2", asked);
    }

    [Fact]
    public async Task Script_task_that_fails_is_tried_three_times()
    {
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            (int code, string asked, string log) = await RunAsync("exit 137");

            Assert.Equal(137, code);
            Assert.Equal(attempt < 3, asked.Contains(Requeued, StringComparison.Ordinal));
            Assert.Contains($"try {attempt} of 3", log, StringComparison.Ordinal);
        }

        (_, string again, _) = await RunAsync("exit 137"); // submitted again: it begins to count anew
        Assert.Contains(Requeued, again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_success_after_a_failure_counts_failures_anew()
    {
        await RunAsync("exit 1");
        await RunAsync("exit 0");

        Assert.Contains("try 1 of 3", (await RunAsync("exit 1")).Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_input_that_is_refused_is_not_tried_again()
    {
        (int code, string asked, _) = await RunAsync("exit 2");

        Assert.Equal(2, code);
        Assert.DoesNotContain(Requeued, asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_time_limit_after_some_formulas_puts_the_task_back()
    {
        (int code, string asked, string log) = await RunAsync(
            "mkdir -p work/00001; touch work/00001/00000.json; trap 'exit 130' TERM; kill -USR1 $PPID; while :; do sleep 0.05; done"
        );

        Assert.Equal(130, code);
        Assert.Contains(Requeued, asked, StringComparison.Ordinal);
        Assert.Contains("after the time limit", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_time_limit_before_the_first_formula_fails_and_says_so()
    {
        (int code, string asked, string log) = await RunAsync(
            "trap 'exit 130' TERM; kill -USR1 $PPID; while :; do sleep 0.05; done"
        );

        Assert.Equal(1, code);
        Assert.DoesNotContain(Requeued, asked, StringComparison.Ordinal);
        Assert.Contains("too short for a single formula", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_task_that_is_cancelled_stays_cancelled()
    {
        (int code, string asked, _) = await RunAsync(
            "mkdir -p work/00001; touch work/00001/00000.json; trap 'exit 130' TERM; kill -TERM $PPID; while :; do sleep 0.05; done"
        );

        Assert.Equal(130, code);
        Assert.DoesNotContain(Requeued, asked, StringComparison.Ordinal);
    }

    public void Dispose() => bench.Dispose();

    private Campaign Campaign() =>
        Campaigns.Campaign.Exists(bench["it's here"])
            ? Campaigns.Campaign.Open(bench["it's here"])
            : bench.Plan("it's here", formulas: 12);

    private string Script(SlurmOptions options, int largestArray = 1001, params string[] program)
    {
        Campaign campaign = Campaign();
        return new SlurmFolder(campaign).Script(
            SlurmArray.Of(campaign.ShardCount, Enumerable.Range(0, campaign.ShardCount), largestArray),
            options,
            program
        );
    }

    /// <param name="kagome">What the program does after it has noted its arguments.</param>
    /// <param name="largestArray">Of the cluster.</param>
    /// <param name="task">Of the array.</param>
    /// <returns>How it ended, what programs were asked for, and what it printed.</returns>
    private async Task<(int Code, string Asked, string Log)> RunAsync(
        string kagome,
        int largestArray = 1001,
        int task = 1
    )
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Slurm's scripts are for Linux.");
        using TemporaryFolder programs = new();
        string asked = programs["asked"];
        WriteProgram(programs["kagome"], $"echo \"$@\" >>'{asked}'\n{kagome}");
        WriteProgram(programs["scontrol"], $"echo \"$@\" >>'{asked}'");
        WriteProgram(programs["sleep"], "exec /bin/sleep 0.05");
        string script = programs["script.sh"];
        Directory.CreateDirectory(Path.Combine(Campaign().Folder, "slurm")); // as submit does
        await File.WriteAllTextAsync(
            script,
            Script(new SlurmOptions(), largestArray, programs["kagome"]),
            Cancellation
        );
        ProcessStartInfo start = new("bash", [script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{programs.Location}:{start.Environment["PATH"]}";
        start.Environment["SLURM_ARRAY_JOB_ID"] = "7";
        start.Environment["SLURM_ARRAY_TASK_ID"] = $"{task}";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string log = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal("", await errors);
        return (process.ExitCode, (await File.ReadAllTextAsync(asked, Cancellation)).TrimEnd(), log);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static void WriteProgram(string path, string text)
    {
        File.WriteAllText(path, $"#!/bin/bash\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
