using Kagome.Cli.Output;
using Kagome.Cli.Pretraining;
using Kagome.Core.Structures;
using Kagome.Formats;
using Kagome.Training.Pretraining;

namespace Kagome.Cli.Tests;

/// <summary>kagome pretrain as a user meets it, with networks of seconds.</summary>
public sealed class PretrainTests : IDisposable
{
    private const string Recipe = """
        name = "small"
        seed = 7
        data = ["data.jsonl"]
        [crystals]
        smallest_atom_count = 1
        leaves_out_duplicates = false
        shard_size = 4
        [network]
        block_count = 1
        hidden_dimension = 16
        head_count = 2
        frequency_count = 4
        time_dimension = 16
        [process]
        step_count = 50
        [batches]
        atoms = 16
        crystals = 4
        [run]
        validate_every = 0
        validation_share = 0.0
        workers = 1
        [stage_one]
        steps = 6
        [predictor]
        steps = 6
        [relaxation]
        stable_up_to = 0.08
        relaxed_up_to = 0.10
        iterations = 2
        [stage_two]
        steps = 5
        [fine_tuning]
        data = ["data.jsonl"]
        steps = 4
        """;

    private static readonly string[] Stages =
    [
        "data",
        "stage-one",
        "predictor",
        "relaxation",
        "stage-two",
        "fine-tuning",
    ];

    private static readonly string[] Trained = ["stage-one", "predictor", "stage-two", "fine-tuning"];

    private readonly TemporaryFolder folder = new();
    private readonly string recipePath;

    public PretrainTests()
    {
        recipePath = folder.Write("small.toml", Recipe);
        StructureFile.Write(folder["data.jsonl"], TestCrystals.Series(12)); // 0.01 to 0.12 eV/atom above the hull
    }

    [Fact]
    public async Task Pretrain_recipe_does_every_stage_and_reports_it()
    {
        ProgramRun run = await Pretrain("out");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(Stages, ProgramRun.Lines(run.Output)[1..^1].Select(line => line.Split('\t')[0]));
        Assert.All(Stages, stage => Assert.True(File.Exists(folder[$"out/{stage}/report.json"])));
        Assert.Equal(3, Directory.GetFiles(folder["out/data"], "*.jsonl.gz").Length);
    }

    [Fact]
    public async Task Pretrain_relaxes_crystals_between_the_two_bounds_and_no_others()
    {
        await Pretrain("out");
        CrystalRecord[] before = Crystals("data");
        CrystalRecord[] after = Crystals("relaxation");
        Assert.Equal(before.Select(record => record.Id), after.Select(record => record.Id));
        foreach ((CrystalRecord original, CrystalRecord relaxed) in before.Zip(after))
        {
            bool isRelaxed = original.Labels["e_hull"] is > 0.08 and <= 0.10;
            Assert.Equal(isRelaxed, relaxed.Labels.ContainsKey("predicted_after"));
            Assert.Equal(
                isRelaxed,
                Math.Abs(relaxed.Structure.Lattice.Volume - original.Structure.Lattice.Volume) > 1e-6
            );
        }
    }

    [Fact]
    public async Task Pretrain_that_is_done_does_nothing_again()
    {
        await Pretrain("out");
        string[] models = [.. Trained.Select(stage => folder[$"out/{stage}/model.safetensors"])];
        DateTime[] written = [.. models.Select(File.GetLastWriteTimeUtc)];
        ProgramRun again = await Pretrain("out");
        Assert.Equal(ExitCode.Success, again.ExitCode);
        Assert.Equal(Stages.Length, ProgramRun.Lines(again.Error).Count(line => line.Contains("done before")));
        Assert.Equal(written, models.Select(File.GetLastWriteTimeUtc));
    }

    [Fact]
    public async Task Pretrain_with_a_changed_stage_does_it_and_what_follows_again_and_keeps_the_old()
    {
        await Pretrain("out");
        folder.Write("small.toml", Recipe.Replace("steps = 5", "steps = 7", StringComparison.Ordinal));
        ProgramRun again = await Pretrain("out");
        string[] lines = ProgramRun.Lines(again.Error);
        Assert.Equal(4, lines.Count(line => line.Contains("done before")));
        Assert.Contains(lines, line => line.Contains("steps = 5' then, 'steps = 7' now"));
        Assert.True(File.Exists(folder["out/stage-two.old-1/model.safetensors"]));
        Assert.True(File.Exists(folder["out/fine-tuning.old-1/model.safetensors"]));
    }

    [Theory]
    [InlineData("stage-one")]
    [InlineData("predictor")]
    [InlineData("relaxation")]
    [InlineData("stage-two")]
    [InlineData("fine-tuning")]
    public async Task Pretrain_stopped_in_a_stage_goes_on_to_the_same_models(string stage)
    {
        await Pretrain("whole");
        using CancellationTokenSource cancellation = new();
        using StoppingWriter error = new($"Stage {stage}: in", cancellation);
        PretrainSettings settings = new(PretrainingRecipeFile.Read(recipePath), folder["stopped"], "cpu", false);
        int exitCode = new Pretrain(settings, new CommandStreams(TextWriter.Null, error)).Run(cancellation.Token);
        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.False(File.Exists(folder[$"stopped/{stage}/report.json"]));

        ProgramRun rest = await Pretrain("stopped");
        Assert.Equal(ExitCode.Success, rest.ExitCode);
        foreach (string trained in Trained)
        {
            ModelAssert.SameWeights(
                folder[$"whole/{trained}/model.safetensors"],
                folder[$"stopped/{trained}/model.safetensors"]
            );
        }
    }

    [Fact]
    public async Task Pretrain_with_a_given_predictor_trains_none()
    {
        await Pretrain("first");
        string model = folder["first/predictor/model.safetensors"].Replace('\\', '/');
        folder.Write(
            "small.toml",
            Recipe.Replace("[predictor]", $"[predictor]\nmodel = \"{model}\"", StringComparison.Ordinal)
        );
        ProgramRun run = await Pretrain("second");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.False(Directory.Exists(folder["second/predictor"]));
        ModelAssert.SameWeights(
            folder["first/stage-two/model.safetensors"],
            folder["second/stage-two/model.safetensors"]
        );
    }

    [Fact]
    public async Task Pretrain_with_a_generator_for_a_predictor_is_refused_before_any_work()
    {
        folder.Write(
            "small.toml",
            Recipe.Replace("[predictor]", "[predictor]\nmodel = \"kagome-g\"", StringComparison.Ordinal)
        );
        (await Pretrain("out")).AssertRefused("kagome-g");
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task Pretrain_leaves_out_duplicates_and_what_is_held_out()
    {
        const string Default = "leaves_out_duplicates = false\n";
        folder.Write("small.toml", Recipe.Replace(Default, "", StringComparison.Ordinal));
        ProgramRun run = await Pretrain("out");
        Assert.Equal(ExitCode.Success, run.ExitCode); // to the matcher, cubic polonium of any size is one crystal
        Assert.Contains("crystals 1; left out: the same as one before 11", run.Output, StringComparison.Ordinal);

        StructureFile.Write(folder["held.jsonl"], TestCrystals.Series(1));
        ProgramRun none = await Pretrain("none", "--held-out", folder["held.jsonl"]);
        Assert.Equal(ExitCode.BadInput, none.ExitCode);
        Assert.Contains("12 left out: held out", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("steps = 6", "steps = 0", "small-stage-one: run.steps is 0; expected a number above 0.")]
    [InlineData("relaxed_up_to = 0.10", "relaxed_up_to = 0.01", "relaxation.relaxed_up_to is 0.01")]
    [InlineData("shard_size = 4", "shard_size = 0", "crystals.shard_size is 0")]
    [InlineData("name = \"small\"", "held_out = [\"data.jsonl\"]", "crystals.leaves_out_duplicates is false")]
    [InlineData("iterations = 2", "itrations = 2", "unknown key 'relaxation.itrations'")]
    [InlineData("""data = ["data.jsonl"]""", "", "names no data")]
    [InlineData("""data = ["data.jsonl"]""", """data = ["nowhere.jsonl"]""", "nowhere.jsonl")]
    public async Task Pretrain_recipe_with_a_mistake_is_refused_with_its_name(
        string part,
        string mistake,
        string message
    )
    {
        folder.Write("small.toml", Recipe.Replace(part, mistake, StringComparison.Ordinal));
        (await Pretrain("out")).AssertRefused(message);
    }

    public void Dispose() => folder.Dispose();

    private Task<ProgramRun> Pretrain(string output, params string[] more) =>
        ProgramRun.Of(["pretrain", "--recipe", recipePath, "--out", folder[output], .. more]);

    private CrystalRecord[] Crystals(string stage) =>
        [
            .. Directory
                .GetFiles(folder[$"out/{stage}"], "*.jsonl.gz")
                .Order(StringComparer.Ordinal)
                .SelectMany(StructureFile.Read),
        ];

    /// <summary>Cancels as soon as a text is written.</summary>
    private sealed class StoppingWriter(string text, CancellationTokenSource cancellation) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.StartsWith(text, StringComparison.Ordinal) == true)
            {
                cancellation.Cancel();
            }
        }
    }
}
