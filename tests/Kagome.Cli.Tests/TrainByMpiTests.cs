using System.Diagnostics;
using System.Globalization;
using Kagome.Cli.Commands;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Testing;

namespace Kagome.Cli.Tests;

/// <summary>kagome train in processes that mpirun starts, and what becomes of them.</summary>
public sealed class TrainByMpiTests : IDisposable
{
    /// <summary>A few steps of the learning rate: Adam divides a gradient by its size, so that rounding moves weights, too.</summary>
    private const double WeightTolerance = 5e-3;

    private const string Slow = "steps = 3000";
    private const string Quick = "steps = 100";
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly string data;

    public TrainByMpiTests()
    {
        data = folder["data.jsonl"];
        DataSet.Write(data, [.. Enumerable.Range(1, 12).Select(TrainResumeTests.Crystal)]);
        folder.Write("quick.toml", TrainResumeTests.Recipe);
        folder.Write("slow.toml", TrainResumeTests.Recipe.Replace(Quick, Slow, StringComparison.Ordinal));
        string many = TrainResumeTests.Recipe.Replace("workers = 2", "workers = 3", StringComparison.Ordinal);
        folder.Write("three.toml", many);
    }

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Train_by_two_processes_gives_the_weights_of_one_and_speaks_once()
    {
        MpiJob.Require();
        using MpiJob job = MpiJob.Start(Arguments("three", "two"));
        ProgramRun one = await ProgramRun.Of(Arguments("three", "one"));
        ProgramRun two = await job.End(TestCancellation);
        Assert.Equal((0, 0), (one.ExitCode, two.ExitCode));
        Assert.Contains("2 processes, 3 parts a batch, ", two.Error, StringComparison.Ordinal);
        Assert.Single(ProgramRun.Lines(two.Error), line => line.StartsWith("Done: ", StringComparison.Ordinal));
        using SafetensorsFile expected = SafetensorsFile.Read(Model("one"));
        using SafetensorsFile actual = SafetensorsFile.Read(Model("two"));
        Assert.All(
            expected.Tensors,
            pair => TensorAssert.AreNear(pair.Value, actual.Tensors[pair.Key], WeightTolerance, pair.Key)
        );
    }

    /// <summary>With a part for each of two processes, nothing is added up in another order: the very weights of one process.</summary>
    [Fact]
    public async Task Train_with_a_process_killed_ends_at_once_and_resumes_to_the_weights_of_an_undisturbed_run()
    {
        MpiJob.Require();
        using MpiJob killed = MpiJob.Start(Arguments("quick", "killed", "--steps", "200"));
        using (Process rank = await killed.Rank(1, Model("killed"), TestCancellation))
        {
            rank.Kill();
        }

        long start = Stopwatch.GetTimestamp();
        ProgramRun end = await killed.End(TestCancellation);
        Assert.NotEqual(0, end.ExitCode);
        Assert.True(Stopwatch.GetElapsedTime(start) < Seconds, "The job went on without the process.");

        using MpiJob resumed = MpiJob.Start(Arguments("quick", "killed", "--steps", "200", "--resume"));
        ProgramRun rest = await resumed.End(TestCancellation);
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.Contains("Resuming at step", rest.Error, StringComparison.Ordinal);
        ProgramRun whole = await ProgramRun.Of(Arguments("quick", "whole", "--steps", "200"));
        Assert.Equal(0, whole.ExitCode);
        ModelAssert.SameWeights(Model("whole"), Model("killed"));
    }

    [Fact]
    public async Task Train_with_one_process_told_to_stop_stops_all_with_a_checkpoint()
    {
        MpiJob.Require();
        using MpiJob job = MpiJob.Start(Arguments("slow", "stopped"));
        using (Process rank = await job.Rank(1, Model("stopped"), TestCancellation))
        using (Process kill = Process.Start("kill", ["-TERM", rank.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestCancellation);
        }

        ProgramRun end = await job.End(TestCancellation);
        Assert.True(end.ExitCode == ExitCode.Interrupted, end.Error);
        Assert.Single(
            ProgramRun.Lines(end.Error),
            line => line.StartsWith("Stopped at step ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Train_with_an_error_in_one_process_names_it_and_ends_all()
    {
        MpiJob.Require();
        string[] broken = Arguments("slow", "broken");
        broken[Array.IndexOf(broken, data)] = folder["nothere.jsonl"];
        using MpiJob job = MpiJob.Start(Arguments("slow", "broken"), broken);
        ProgramRun end = await job.End(TestCancellation);
        Assert.Equal(ExitCode.BadInput, end.ExitCode);
        Assert.Contains(
            $"kagome: rank 1 of 2: {folder["nothere.jsonl"]}: there is no such file",
            end.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Train_with_an_error_in_all_processes_is_said_by_the_first()
    {
        MpiJob.Require();
        string[] broken = Arguments("slow", "broken");
        broken[Array.IndexOf(broken, data)] = folder["nothere.jsonl"];
        using MpiJob job = MpiJob.Start(broken);
        ProgramRun end = await job.End(TestCancellation);
        Assert.Equal(ExitCode.BadInput, end.ExitCode);
        Assert.Single(
            ProgramRun.Lines(end.Error),
            line => line.StartsWith("kagome: rank 0 of 2: ", StringComparison.Ordinal)
        );
    }

    /// <summary>With a library that does not find the others, or without one.</summary>
    [Fact]
    public async Task Train_said_to_be_one_of_three_and_alone_is_refused_by_the_variable()
    {
        ProgramRun run = await Alone("OMPI_COMM_WORLD_SIZE", "3", Arguments("quick", "alone"));
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("kagome: OMPI_COMM_WORLD_SIZE is 3, but ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["alone"]));
    }

    [Fact]
    public async Task Train_property_with_others_is_refused()
    {
        ProgramRun run = await Alone("OMPI_COMM_WORLD_SIZE", "2", ["train", "property", "--data", data]);
        run.AssertRefused("OMPI_COMM_WORLD_SIZE is 2, but `kagome train property` works in one process");
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4", "OMPI_COMM_WORLD_SIZE is 4", 4)]
    [InlineData("OMPI_COMM_WORLD_SIZE=1", null, null)]
    [InlineData("PMIX_RANK=0 SLURM_STEP_NUM_TASKS=3", "PMIX_RANK is 0", 3)]
    [InlineData("PMIX_RANK=0 SLURM_STEP_NUM_TASKS=1", null, null)]
    [InlineData("PMIX_RANK=2", "PMIX_RANK is 2", null)]
    [InlineData("PMI_SIZE=2", "PMI_SIZE is 2", 2)]
    [InlineData("SLURM_NTASKS=8", null, null)] // a script of Slurm, which starts one process
    public void Find_reads_what_the_launcher_says(string environment, string? reason, int? count)
    {
        Dictionary<string, string> variables = environment
            .Split(' ')
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        MpiStart? start = MpiStart.Find(variables.GetValueOrDefault);
        Assert.Equal((reason, count), (start?.Reason, start?.ProcessCount));
    }

    public void Dispose() => folder.Dispose();

    private string Model(string run) => folder[Path.Combine(run, "model.safetensors")];

    private string[] Arguments(string recipe, string run, params string[] more) =>
        ["train", "generator", "--data", data, "--recipe", folder[$"{recipe}.toml"], "--out", folder[run], .. more];

    private static async Task<ProgramRun> Alone(string variable, string value, string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[variable] = value;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Kagome.Cli.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestCancellation);
        string error = await process.StandardError.ReadToEndAsync(TestCancellation);
        await process.WaitForExitAsync(TestCancellation);
        return new ProgramRun(process.ExitCode, await output, error);
    }
}
