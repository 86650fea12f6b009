using System.Diagnostics;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>Commands that are killed and given again.</summary>
public sealed class UnfinishedWorkTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        StructureFile.Write(folder["data.jsonl"], [new CrystalRecord("skewed", TestCrystals.Skewed)]);
        string[] training =
        [
            "--data",
            folder["data.jsonl"],
            "--recipe",
            "tiny",
            "--steps",
            "2",
            "--out",
            folder["run"],
        ];
        ProgramRun run = await ProgramRun.Of(["train", "generator", .. training]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
    }

    [Fact]
    public async Task Predict_that_was_killed_goes_on_and_comes_to_the_same()
    {
        await KillAfterTheFirstUnit(Words("out"));
        ProgramRun resumed = await ProgramRun.Of(Words("out"));
        Assert.Equal(ExitCode.Success, resumed.ExitCode);
        Assert.Contains("Going on where this command was stopped", resumed.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out.unfinished"]));

        ProgramRun whole = await ProgramRun.Of(Words("whole"));
        Assert.DoesNotContain("Going on", whole.Error, StringComparison.Ordinal);
        foreach (string formula in new[] { "NaCl", "SrTiO3" })
        {
            Assert.Equal(
                await File.ReadAllTextAsync(folder[$"whole/{formula}/candidates.extxyz"], TestCancellation),
                await File.ReadAllTextAsync(folder[$"out/{formula}/candidates.extxyz"], TestCancellation)
            );
        }
    }

    [Fact]
    public async Task Predict_while_the_same_command_runs_is_told_to_wait_or_to_take_another_folder()
    {
        await KillAfterTheFirstUnit(Words("out"));
        string journal = Directory
            .EnumerateFiles(folder["out.unfinished"], "*.jsonl", SearchOption.AllDirectories)
            .First();
        await using FileStream other = new(journal, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        ProgramRun run = await ProgramRun.Of(Words("out"));
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(folder["out.unfinished"], run.Error, StringComparison.Ordinal);
        Assert.Contains("Wait until it ends, or give another folder as --out.", run.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string[] Words(string output) =>
        [
            .. "predict NaCl SrTiO3 --candidates generated --samples 60 --steps 50 --predictor none --format extxyz --model".Split(
                ' '
            ),
            folder["run/model.safetensors"],
            "--out",
            folder[output],
        ];

    private async Task KillAfterTheFirstUnit(string[] words)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Array.ForEach([typeof(KagomeProgram).Assembly.Location, .. words], start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        long begun = Stopwatch.GetTimestamp();
        while (KeptLength() < 1000)
        {
            Assert.False(process.HasExited, "It ended before its first unit.");
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, "It kept no unit.");
            await Task.Delay(Glance, TestCancellation);
        }

        process.Kill();
        await process.WaitForExitAsync(TestCancellation);
        Assert.NotEqual(0, process.ExitCode);
    }

    private long KeptLength() =>
        Directory.Exists(folder["out.unfinished"])
            ? Directory
                .EnumerateFiles(folder["out.unfinished"], "*.jsonl", SearchOption.AllDirectories)
                .Sum(path => new FileInfo(path).Length)
            : 0;
}
