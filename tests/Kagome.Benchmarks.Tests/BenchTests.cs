using System.Text.Json;
using Kagome.Benchmarks.Attention;
using Kagome.Benchmarks.Formats;
using Kagome.Benchmarks.Matching;
using Kagome.Benchmarks.Sampling;
using Kagome.Benchmarks.Training;
using Kagome.Cli.Tests;
using Kagome.Cli.Views;
using Kagome.Formats;
using Kagome.Networks;

namespace Kagome.Benchmarks.Tests;

public sealed class BenchTests
{
    private static readonly CrysformerConfiguration SmallShape = new()
    {
        BlockCount = 1,
        HiddenDimension = 32,
        HeadCount = 2,
        FrequencyCount = 4,
        TimeDimension = 16,
    };

    private static readonly BenchSettings Small = new([], PrintsJson: true)
    {
        Attention = new AttentionSettings
        {
            AtomCounts = [2, 3],
            Shape = SmallShape,
            ProductBatchAtoms = [2, 6],
            LiteralBatchPairs = [4],
            Repetitions = 1,
            Workers = 2,
            ProductSize = 16,
            MeasuresMemory = false,
        },
        Sampling = new SamplingSettings
        {
            Formula = "NaCl",
            Samples = 1,
            Steps = 2,
            PairedSteps = 1,
            WatchedSteps = 2,
            Repetitions = 1,
        },
        Training = new TrainingSettings
        {
            Recipe = "tiny",
            AtomCounts = [2, 3],
            AtomsOfSize = 6,
            LiteralDivisor = 1,
            WatchedSteps = 1,
            Repetitions = 1,
            Workers = 1,
        },
        Matching = new MatchingSettings
        {
            AtomCounts = [3],
            CrystalsOfSize = 4,
            WarmUp = TimeSpan.Zero,
            Repetitions = 1,
            Workers = 1,
        },
        Formats = new FormatSettings
        {
            CrystalCount = 2,
            AtomCount = 3,
            WarmUp = TimeSpan.Zero,
            Repetitions = 1,
        },
    };

    [Fact]
    public void Attention_json_has_sizes_and_machine()
    {
        JsonElement report = Run("attention");
        Assert.Equal(["sizes", "machine"], report.EnumerateObject().Select(property => property.Name));
        JsonElement[] sizes = [.. report.GetProperty("sizes").EnumerateArray()];
        Assert.Equal([2, 3], sizes.Select(size => size.GetProperty("atoms").GetInt32()));
        Assert.All(
            ["forward_ratio", "training_ratio", "forward_ratio_float32", "product_us_per_atom", "rate_share"],
            name => Assert.All(sizes, size => Assert.True(size.GetProperty(name).GetDouble() > 0, name))
        );
        Assert.All(sizes, size => Assert.Equal(JsonValueKind.Null, size.GetProperty("memory_ratio").ValueKind));
        Assert.True(report.GetProperty("machine").GetProperty("float32_gflops").GetDouble() > 0);
    }

    [Fact]
    public void Sampling_json_has_ratio_time_and_memory()
    {
        JsonElement report = Run("sampling");
        Assert.True(report.GetProperty("ratio").GetDouble() > 0);
        Assert.True(report.GetProperty("seconds").GetDouble() > 0);
        Assert.InRange(report.GetProperty("outside_network_share").GetDouble(), 0, 1);
        Assert.True(report.GetProperty("growth").GetProperty("tensors_before").GetInt64() > 0);
    }

    [Fact]
    public void Training_json_has_ratio_rate_and_optimizer()
    {
        JsonElement report = Run("training");
        Assert.True(report.GetProperty("ratio").GetDouble() > 0);
        Assert.True(report.GetProperty("crystals_per_second").GetDouble() > 0);
        Assert.True(report.GetProperty("optimizer_share").GetDouble() > 0);
        Assert.Equal(1, report.GetProperty("growth").GetProperty("rounds").GetInt32());
    }

    [Fact]
    public void Matching_json_counts_pairs_and_matches()
    {
        JsonElement report = Run("matching");
        Assert.Equal(6, report.GetProperty("pairs").GetInt32());
        Assert.InRange(report.GetProperty("matches").GetInt32(), 2, 6); // copies of one crystal, and of the other
        Assert.True(report.GetProperty("ratio").GetDouble() > 0);
    }

    [Fact]
    public void Formats_json_lists_every_format()
    {
        JsonElement formats = Run("formats").GetProperty("formats");
        Assert.Equal(
            Kagome.Formats.StructureFormats.All.OfType<Kagome.Formats.Text.ITextFormat>().Select(format => format.Name),
            formats.EnumerateArray().Select(format => format.GetProperty("format").GetString())
        );
    }

    [Fact]
    public void Several_json_is_by_name() =>
        Assert.Equal(
            ["matching", "formats"],
            Run("matching", "formats").EnumerateObject().Select(property => property.Name)
        );

    [Fact]
    public void Tables_name_what_was_measured()
    {
        using StringWriter output = new();
        BenchSettings settings = Small with { Names = ["attention", "formats"], PrintsJson = false };
        _ = Bench.Run(settings, new CommandStreams(output, TextWriter.Null), CancellationToken.None);
        Assert.Contains("GFLOP/s in float32", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\ncif\t", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_unknown_name_is_bad_input()
    {
        ProgramRun run = await ProgramRun.Of(BenchCommand.CreateRoot(), "bench", "attentoin");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("attentoin", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_repetitions_below_one_is_bad_input()
    {
        ProgramRun run = await ProgramRun.Of(BenchCommand.CreateRoot(), "bench", "formats", "--repetitions", "0");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("--repetitions", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("attention", "--model")]
    [InlineData("sampling", "--model")]
    [InlineData("training", "--recipe")]
    public async Task Bench_unknown_model_or_recipe_is_refused_before_anything_is_measured(string name, string option)
    {
        ProgramRun run = await ProgramRun.Of(BenchCommand.CreateRoot(), "bench", name, option, "nonsense");
        run.AssertRefused("nonsense");
    }

    /// <summary>What the process that measures memory is asked and answers.</summary>
    [Fact]
    public async Task Bench_worker_answers_with_bytes()
    {
        MemoryRequest request = new(NetworkForm.Literal, Atoms: 3, Crystals: 2, Model: null, SmallShape, Seed: 1);
        ProgramRun run = await ProgramRun.Of(
            BenchCommand.CreateRoot(),
            "bench",
            "attention",
            MemoryWorker.Option,
            JsonText.Line(request)
        );
        run.AssertSuccess();
        MemoryAnswer answer = JsonText.Parse<MemoryAnswer>(run.Output);
        Assert.Equal(OperatingSystem.IsLinux(), answer.Forward is not null && answer.Training is not null);
    }

    private static JsonElement Run(params string[] names)
    {
        using StringWriter output = new();
        int exitCode = Bench.Run(
            Small with
            {
                Names = names,
            },
            new CommandStreams(output, TextWriter.Null),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(ExitCode.Success, exitCode);
        using JsonDocument document = JsonDocument.Parse(output.ToString());
        return document.RootElement.Clone();
    }
}
