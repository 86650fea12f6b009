using System.Diagnostics;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.Cli.Tests;

/// <summary>A training run that dies without a word goes on as if nothing had happened.</summary>
public sealed class TrainResumeTests : IDisposable
{
    internal const string Recipe = """
        name = "killed"
        seed = 7
        [network]
        block_count = 1
        hidden_dimension = 16
        head_count = 2
        frequency_count = 4
        time_dimension = 16
        [diffusion]
        step_count = 50
        [optimizer]
        learning_rate = 1e-3
        warm_up_steps = 5
        [batches]
        atoms = 16
        crystals = 4
        [run]
        steps = 100
        validate_every = 0
        validation_share = 0.0
        checkpoint_minutes = 0.0
        workers = 2
        """;

    private const int CrystalCount = 12;
    private const int LongestLifeMilliseconds = 150; // after the first checkpoint; the run takes longer
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    private readonly TemporaryFolder folder = new();
    private readonly string recipePath;
    private readonly string dataPath;

    public TrainResumeTests()
    {
        recipePath = folder.Write("killed.toml", Recipe);
        dataPath = folder["data.jsonl"];
        DataSet.Write(dataPath, [.. Enumerable.Range(1, CrystalCount).Select(Crystal)]);
    }

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Train_killed_at_any_moment_and_resumed_gives_the_model_of_an_uninterrupted_run()
    {
        Task<string> whole = Finish(Start("whole"));
        await Kill(Start("killed"), life: 1);
        await Kill(Start("killed", "--resume"), life: 2);
        string error = await Finish(Start("killed", "--resume"));
        Assert.Contains("Resuming at step", error, StringComparison.Ordinal);
        await whole;
        ModelAssert.SameWeights(
            folder[Path.Combine("whole", "model.safetensors")],
            folder[Path.Combine("killed", "model.safetensors")]
        );
    }

    [Fact]
    public async Task Train_resumed_where_nothing_is_says_that_it_begins() =>
        Assert.Contains(
            "no state to go on from",
            await Finish(Start("new", "--resume", "--steps", "1")),
            StringComparison.Ordinal
        );

    public void Dispose() => folder.Dispose();

    private Process Start(string run, params string[] more)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Kagome.Cli.dll"),
            "train",
            "generator",
            "--data",
            dataPath,
            "--recipe",
            recipePath,
            "--out",
            folder[run],
            .. more,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end of a run that must succeed, and gives what it wrote to stderr.</summary>
    private static async Task<string> Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestCancellation);
            string error = await process.StandardError.ReadToEndAsync(TestCancellation);
            await output;
            await process.WaitForExitAsync(TestCancellation);
            Assert.True(process.ExitCode == 0, error);
            return error;
        }
    }

    /// <summary>Ends a run somewhere after its first checkpoint, without a word: SIGKILL, TerminateProcess.</summary>
    /// <param name="process">The run.</param>
    /// <param name="life">Seed of how long it lives.</param>
    private async Task Kill(Process process, int life)
    {
        using (process)
        {
            string model = folder[Path.Combine("killed", "model.safetensors")];
            DateTime former = File.GetLastWriteTimeUtc(model);
            long start = Stopwatch.GetTimestamp();
            while (File.GetLastWriteTimeUtc(model) == former)
            {
                Assert.False(process.HasExited, "The run ended before its first checkpoint.");
                Assert.True(Stopwatch.GetElapsedTime(start) < Patience, "The run wrote no checkpoint.");
                await Task.Delay(Glance, TestCancellation);
            }

            await Task.Delay(new Random(life).Next(LongestLifeMilliseconds), TestCancellation);
            process.Kill();
            await process.WaitForExitAsync(TestCancellation);
            Assert.NotEqual(0, process.ExitCode);
        }
    }

    /// <summary>Caesium chloride at growing sizes, its anion a little off the middle.</summary>
    internal static CrystalRecord Crystal(int number) =>
        new(
            $"crystal-{number}",
            new Structure(
                Lattice.Cubic(4 + (0.05 * number)),
                [
                    new Site(Element.FromSymbol("Cs"), default),
                    new Site(Element.FromSymbol("Cl"), new Fractional(0.5, 0.5, 0.5 - (0.01 * number))),
                ]
            )
        );
}
