using Kagome.Formats;
using Kagome.Testing;
using Kagome.Tests;

namespace Kagome.Evaluation.Tests;

/// <summary>The evaluation of a model that has learned nothing.</summary>
public sealed class EvaluatorTests : IClassFixture<TinyModels>, IDisposable
{
    private const int CrystalCount = 12;
    private static readonly string[] Tables = ["results.jsonl", "results.csv", "structures.jsonl"];

    private readonly TinyModels models;
    private readonly TemporaryFolder folder = new();

    public EvaluatorTests(TinyModels models)
    {
        this.models = models;
        DataSet.Write(folder["perov5.jsonl"], EvaluatedCrystals.Series(CrystalCount));
    }

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EvaluateAsync_writes_scores_structures_and_summary()
    {
        EvaluationResult result = await Evaluate(Options("out") with { Samples = 2 });
        Assert.Equal(folder["out"], result.Folder);
        Assert.Equal(2 * CrystalCount, Lines("out/results.jsonl").Length);
        string[] table = Lines("out/results.csv");
        Assert.Equal(1 + (2 * CrystalCount), table.Length);
        Assert.StartsWith("id,sample,formula,atoms", table[0], StringComparison.Ordinal);
        Assert.Matches(",(true|false),(true|false),", table[1]); // as JSON says it, not as .NET does
        Assert.DoesNotContain(table, line => line.Contains("True", StringComparison.Ordinal));
        Assert.All(
            StructureFile.Read(folder["out/structures.jsonl"]),
            record => Assert.True(record.Structure.AtomCount is 2 or 3)
        );
        EvaluationSummary summary = result.Summary;
        Assert.Equal((CrystalCount, CrystalCount), (summary.Overall.Crystals, summary.CrystalsInSplit));
        Assert.Equal(("perov-5", "kagome-g", 2), (summary.Benchmark, summary.Origin.Model, summary.Origin.Samples));
        Assert.True(summary.SecondsSampling > 0);
        Assert.Equal(DocumentSchema.Evaluation.Format(summary) + "\n", File.ReadAllText(folder["out/summary.json"]));
        Assert.Equal(["crystal-0", "crystal-1"], result.Crystals.Take(2).Select(crystal => crystal.Id));
    }

    [Fact]
    public async Task EvaluateAsync_without_a_folder_writes_nothing_and_says_the_same()
    {
        EvaluationResult written = await Evaluate(Options("out"));
        string[] before = folder.FileNames;
        EvaluationResult kept = await Evaluate(Options("out") with { OutputFolder = null });
        Assert.Equal(before, folder.FileNames);
        Assert.Null(kept.Folder);
        AssertSame(written.Summary, kept.Summary);
    }

    [Fact]
    public async Task EvaluateAsync_stopped_at_any_line_and_resumed_gives_what_an_uninterrupted_run_gives()
    {
        EvaluationOptions options = Options("whole") with { Samples = 4 };
        EvaluationResult whole = await Evaluate(options);
        int lines = Lines("whole/results.jsonl").Length;
        foreach (int kept in new[] { 0, 1, lines / 2, lines - 1 })
        {
            CopyCutOff("whole", $"cut-{kept}", kept);
            EvaluationResult resumed = await Evaluate(Resumed(options, $"cut-{kept}"));
            AssertSameFiles("whole", $"cut-{kept}");
            AssertSame(whole.Summary, resumed.Summary);
        }
    }

    [Fact]
    public async Task EvaluateAsync_gives_the_same_on_any_number_of_threads()
    {
        await Evaluate(Options("one") with { Models = models.Options with { Threads = 1 } });
        await Evaluate(Options("three") with { Models = models.Options with { Threads = 3 } });
        AssertSameFiles("one", "three");
    }

    [Fact]
    public async Task EvaluateAsync_first_samples_do_not_depend_on_how_many_are_asked_for()
    {
        await Evaluate(Options("one"));
        await Evaluate(Options("two") with { Samples = 2 });
        Assert.Equal(
            Lines("one/results.jsonl"),
            Lines("two/results.jsonl").Where(line => line.Contains("\"sample\":1", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task EvaluateAsync_limit_takes_crystals_that_a_larger_limit_takes_too()
    {
        EvaluationResult three = await Evaluate(Options(null) with { Limit = 3 });
        EvaluationResult six = await Evaluate(Options(null) with { Limit = 6, Seed = 2 });
        Assert.Equal(3, three.Crystals.Count);
        Assert.Subset(six.Crystals.Select(c => c.Id).ToHashSet(), three.Crystals.Select(c => c.Id).ToHashSet());
        Assert.Equal(CrystalCount, three.Summary.CrystalsInSplit);
    }

    [Fact]
    public async Task EvaluateAsync_guided_samples_otherwise_and_says_by_what()
    {
        EvaluationResult plain = await Evaluate(Options(null) with { Limit = 4 });
        EvaluationResult guided = await Evaluate(Options(null) with { Limit = 4, CoordinateGuidance = 5 });
        Assert.Equal("5", guided.Summary.Origin.Sampler["guidance_coordinates"]);
        Assert.Equal(64, guided.Summary.Origin.Sampler["predictor_sha256"].Length);
        Assert.NotEqual(
            plain.Crystals.Select(crystal => crystal.Samples[0].VolumePerAtom),
            guided.Crystals.Select(crystal => crystal.Samples[0].VolumePerAtom)
        );
    }

    [Fact]
    public async Task EvaluateAsync_reports_all_work_and_what_was_scored()
    {
        List<WorkProgress> reports = [];
        await Evaluator.EvaluateAsync(Options(null), new Reports(reports.Add), TestCancellation);
        Assert.Equal(reports[^1].Total, reports[^1].Done);
        Assert.Equal("atom moves", reports[^1].Unit);
        Assert.Equal($"0 of {CrystalCount} structures scored, 0 match", reports[0].Note);
        Assert.StartsWith($"{CrystalCount} of {CrystalCount} structures", reports[^1].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_cancelled_stops_and_can_be_gone_on_with()
    {
        EvaluationOptions options = Options("whole") with { Samples = 8, Models = models.Options with { Threads = 1 } };
        await Evaluate(options);
        using CancellationTokenSource stop = new();
        using (Evaluator evaluator = Evaluator.Open(options with { OutputFolder = folder["out"] }, TestCancellation))
        {
            Reports stopping = new(progress =>
            {
                if (!progress.Note!.StartsWith("0 of", StringComparison.Ordinal))
                {
                    stop.Cancel();
                }
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluator.RunAsync(stopping, stop.Token));
            Assert.InRange(evaluator.ScoredCount, 1, (8 * CrystalCount) - 1);
        }

        await Evaluate(Resumed(options, "out"));
        AssertSameFiles("whole", "out");
    }

    [Fact]
    public async Task RunAsync_handler_of_progress_that_throws_reaches_the_caller_as_it_is()
    {
        Reports failing = new(_ => throw new NotSupportedException("mine"));
        NotSupportedException thrown = await Assert.ThrowsAsync<NotSupportedException>(() =>
            Evaluator.EvaluateAsync(Options("out"), failing, TestCancellation)
        );
        Assert.Equal("mine", thrown.Message);
    }

    [Fact]
    public async Task RunAsync_full_disk_reaches_the_caller_as_it_is_and_can_be_gone_on_with()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full, which is full always.");
        await Evaluate(Options("whole"));
        Reports filling = new(_ =>
        {
            File.Delete(folder["out/results.jsonl"]);
            File.CreateSymbolicLink(folder["out/results.jsonl"], "/dev/full");
        });
        IOException thrown = await Assert.ThrowsAnyAsync<IOException>(() =>
            Evaluator.EvaluateAsync(Options("out"), filling, TestCancellation)
        );
        Assert.Contains("No space left", thrown.Message, StringComparison.Ordinal);
        File.Delete(folder["out/results.jsonl"]);
        await Evaluate(Resumed(Options("out"), "out"));
        AssertSameFiles("whole", "out");
    }

    [Fact]
    public async Task RunAsync_folder_that_cannot_take_a_file_leaves_no_temporary_ones()
    {
        Reports blocking = new(_ => Directory.CreateDirectory(folder["out/timing.json/"]));
        await Assert.ThrowsAnyAsync<Exception>(() =>
            Evaluator.EvaluateAsync(Options("out"), blocking, TestCancellation)
        );
        Assert.DoesNotContain(folder.FileNames, name => name.Contains("/.", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_cautions_of_elements_and_sizes_that_the_model_never_saw()
    {
        using Evaluator evaluator = Evaluator.Open(Options("out"), TestCancellation);
        Assert.Equal(
            [
                "of 12 crystals, 6 hold an element that kagome-g never saw, and 0 more than the 8 atoms of the largest cell that it saw; expect little of these.",
            ],
            evaluator.Plan.Concerns
        );
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void Open_plans_every_structure_once_with_a_seed_of_its_own()
    {
        using Evaluator evaluator = Evaluator.Open(Options(null) with { Samples = 50 }, TestCancellation);
        EvaluationUnit[] units = [.. evaluator.Plan.Units];
        EvaluationSample[] samples = [.. units.SelectMany(unit => unit.Samples)];
        Assert.Equal(Enumerable.Range(0, units.Length), units.Select(unit => unit.Number));
        Assert.Equal(
            50 * CrystalCount,
            samples.Select(sample => (sample.Reference.Id, sample.Number)).Distinct().Count()
        );
        Assert.Equal(50 * CrystalCount, samples.Select(sample => sample.Seed).Distinct().Count());
        Assert.Equal(samples.Select(sample => sample.Number).Order(), samples.Select(sample => sample.Number));
    }

    [Fact]
    public void Open_bad_options_are_refused_by_name()
    {
        AssertRefused(nameof(EvaluationOptions.Samples), Options("out") with { Samples = 0 });
        AssertRefused(nameof(EvaluationOptions.Limit), Options("out") with { Limit = -1 });
        AssertRefused(nameof(EvaluationOptions.Benchmark), Options("out") with { Benchmark = "mp-21" });
        AssertRefused(nameof(EvaluationOptions.LatticeGuidance), Options("out") with { LatticeGuidance = -1 });
        AssertRefused(nameof(SamplerOptions.Steps), Options("out") with { Sampler = new() { Steps = 21 } });
        AssertRefused(nameof(ModelOptions.Threads), Options("out") with { Models = new() { Threads = 0 } });
        Assert.Equal(["perov5.jsonl"], folder.FileNames);
    }

    [Fact]
    public void Open_of_what_is_not_there_is_refused()
    {
        AssertRefusedInput(
            "has no crystal of the val split; it has test (12). Choose with Split",
            Options("out") with
            {
                Split = "val",
            }
        );
        AssertRefusedInput(
            "Unknown model 'none'",
            Options("out") with
            {
                Models = models.Options with { Generator = "none" },
            }
        );
        Assert.Throws<StructureFormatException>(() => Open(Options("out") with { Data = folder["nowhere.jsonl"] }));
        Assert.Throws<StructureFormatException>(() => Open(Options("out") with { Predictions = folder["none.cif"] }));
        Assert.Equal(["perov5.jsonl"], folder.FileNames);

        void AssertRefusedInput(string part, EvaluationOptions options) =>
            Assert.Contains(part, Assert.Throws<InputException>(() => Open(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_into_the_folder_of_another_evaluation_is_refused()
    {
        EvaluationOptions options = Options("out");
        await Evaluate(options);
        await AssertRefusedToRun("holds an evaluation already. Go on with Resume", options);
        options = options with { Resume = true };
        await AssertRefusedToRun("Resume: seed is 2, and", options with { Seed = 2 });
        await AssertRefusedToRun("Resume: steps is 5, and", options with { Sampler = new() { Steps = 5 } });
    }

    [Fact]
    public async Task RunAsync_into_a_folder_of_other_files_is_refused()
    {
        File.WriteAllText(folder["thesis/chapter.tex"], "");
        await AssertRefusedToRun("holds other files", Options("thesis"));
        await AssertRefusedToRun("is a file; expected a folder", Options("thesis/chapter.tex"));
    }

    [Fact]
    public async Task RunAsync_resumed_from_a_plan_of_other_batches_is_refused()
    {
        await Evaluate(Options("out"));
        string settings = File.ReadAllText(folder["out/settings.json"]);
        string former = settings.Replace("  \"plan_version\": 2,\n", "", StringComparison.Ordinal);
        Assert.NotEqual(settings, former);
        File.WriteAllText(folder["out/settings.json"], former);
        await AssertRefusedToRun(
            "was begun by another version of Kagome, which put structures together in other batches (plan 1; this is plan 2)",
            Resumed(Options("out"), "out")
        );
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task RunAsync_resumed_from_damaged_settings_is_refused(string settings)
    {
        File.WriteAllText(folder["out/settings.json"], settings);
        await AssertRefusedToRun("settings.json is damaged", Resumed(Options("out"), "out"));
    }

    public void Dispose() => folder.Dispose();

    private static Task<EvaluationResult> Evaluate(EvaluationOptions options) =>
        Evaluator.EvaluateAsync(options, progress: null, TestCancellation);

    private static void Open(EvaluationOptions options) => Evaluator.Open(options, TestCancellation).Dispose();

    private static void AssertRefused(string option, EvaluationOptions options) =>
        Assert.Equal(option, Assert.Throws<OptionException>(() => Open(options)).Option);

    private static async Task AssertRefusedToRun(string part, EvaluationOptions options)
    {
        InputException refusal = await Assert.ThrowsAsync<InputException>(() => Evaluate(options));
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }

    private EvaluationOptions Options(string? output) =>
        new()
        {
            Data = folder["perov5.jsonl"],
            Models = models.Options,
            Sampler = new SamplerOptions { Steps = 4 },
            OutputFolder = output is null ? null : Path.Combine(folder.Location, output),
        };

    private EvaluationOptions Resumed(EvaluationOptions options, string output) =>
        options with
        {
            OutputFolder = Path.Combine(folder.Location, output),
            Resume = true,
        };

    private string[] Lines(string name) => File.ReadAllLines(folder[name]);

    /// <summary>What a kill leaves: whole lines, then half a line, and no summary.</summary>
    private void CopyCutOff(string from, string to, int lines)
    {
        File.Copy(folder[$"{from}/settings.json"], folder[$"{to}/settings.json"]);
        foreach (string name in Tables)
        {
            string[] all = Lines($"{from}/{name}");
            string half = all[lines][..(all[lines].Length / 2)];
            File.WriteAllText(folder[$"{to}/{name}"], string.Concat(all[..lines].Select(line => line + "\n")) + half);
        }
    }

    private void AssertSameFiles(string first, string second)
    {
        foreach (string name in Tables)
        {
            Assert.Equal(File.ReadAllText(folder[$"{first}/{name}"]), File.ReadAllText(folder[$"{second}/{name}"]));
        }
    }

    private static void AssertSame(EvaluationSummary first, EvaluationSummary second) =>
        Assert.Equal(
            DocumentSchema.Evaluation.Format(Timeless(first)),
            DocumentSchema.Evaluation.Format(Timeless(second))
        );

    private static EvaluationSummary Timeless(EvaluationSummary summary) =>
        summary with
        {
            SecondsSampling = 0,
            SecondsScoring = 0,
        };
}
