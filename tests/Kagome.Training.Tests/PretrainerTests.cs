using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Testing;

namespace Kagome.Training.Tests;

/// <summary>The two-stage pretraining as a user of the library meets it, with networks of seconds.</summary>
public sealed class PretrainerTests : IDisposable
{
    internal const string Recipe = """
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
        [diffusion]
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
    private readonly Pretrainer pretrainer = new(new ModelCatalog(Path.Combine(Repository.Root, "models")));
    private readonly RecordingObserver progress = new();

    public PretrainerTests()
    {
        Write(Recipe);
        DataSet.Write(folder["data.jsonl"], Series(12));
    }

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PretrainAsync_does_every_stage_reports_it_and_does_nothing_again()
    {
        PretrainingOutcome outcome = await Pretrain("out");
        Assert.True(outcome.IsDone);
        Assert.Equal(Stages, outcome.Reports.Select(report => report.Stage));
        Assert.Equal(Stages, progress.All.OfType<StageStarted>().Select(started => started.Stage));
        Assert.All(Stages, stage => Assert.True(File.Exists(folder[$"out/{stage}/report.json"])));
        Assert.Equal(3, Directory.GetFiles(folder["out/data"], "*.jsonl.gz").Length);
        Assert.Equal(folder["out/fine-tuning/model.safetensors"], outcome.ModelPath);

        string[] models = [.. Trained.Select(stage => folder[$"out/{stage}/model.safetensors"])];
        DateTime[] written = [.. models.Select(File.GetLastWriteTimeUtc)];
        RecordingObserver second = new();
        PretrainingOutcome again = await Pretrain("out", second);
        Assert.Equal(Stages, second.All.OfType<StageSkipped>().Select(skipped => skipped.Stage));
        Assert.Equal(outcome.Reports.Select(JsonText.Format), again.Reports.Select(JsonText.Format));
        Assert.Equal(written, models.Select(File.GetLastWriteTimeUtc));
    }

    [Fact]
    public async Task PretrainAsync_relaxes_crystals_between_the_two_bounds_and_no_others()
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
    public async Task PretrainAsync_with_a_changed_stage_does_it_and_what_follows_again_and_keeps_the_old()
    {
        await Pretrain("out");
        Write(Recipe.Replace("steps = 5", "steps = 7", StringComparison.Ordinal));
        RecordingObserver second = new();
        await Pretrain("out", second);
        Assert.Equal(4, second.All.OfType<StageSkipped>().Count());
        Assert.Equal(["stage-two", "fine-tuning"], second.All.OfType<StageStarted>().Select(started => started.Stage));
        Assert.Contains(
            "'steps = 5' then, 'steps = 7' now",
            second.All.OfType<StageStarted>().First().Change!,
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(folder["out/stage-two.old-1/model.safetensors"]));
        Assert.True(File.Exists(folder["out/fine-tuning.old-1/model.safetensors"]));
    }

    [Fact]
    public async Task PretrainAsync_stopped_in_each_stage_goes_on_to_the_same_models()
    {
        await Pretrain("whole");
        foreach (string stage in Stages)
        {
            using CancellationTokenSource cancellation = new();
            StopAt stopping = new(stage, cancellation);
            PretrainingOutcome stopped = await pretrainer.PretrainAsync(
                Options("stopped"),
                stopping,
                cancellation.Token
            );
            Assert.Equal(stage, stopped.StoppedIn);
            Assert.False(File.Exists(folder[$"stopped/{stage}/report.json"]));
        }

        Assert.True((await Pretrain("stopped")).IsDone);
        foreach (string trained in Trained)
        {
            ModelAssert.SameWeights(
                folder[$"whole/{trained}/model.safetensors"],
                folder[$"stopped/{trained}/model.safetensors"]
            );
        }
    }

    [Fact]
    public async Task PretrainAsync_with_a_given_predictor_trains_none()
    {
        await Pretrain("first");
        string model = folder["first/predictor/model.safetensors"].Replace('\\', '/');
        Write(Recipe.Replace("[predictor]", $"[predictor]\nmodel = \"{model}\"", StringComparison.Ordinal));
        PretrainingOutcome outcome = await Pretrain("second");
        Assert.Equal(model, outcome.Predictor);
        Assert.False(Directory.Exists(folder["second/predictor"]));
        ModelAssert.SameWeights(
            folder["first/stage-two/model.safetensors"],
            folder["second/stage-two/model.safetensors"]
        );
    }

    [Fact]
    public async Task PretrainAsync_with_a_generator_for_a_predictor_is_refused_before_any_work()
    {
        Write(Recipe.Replace("[predictor]", "[predictor]\nmodel = \"kagome-g\"", StringComparison.Ordinal));
        InputException refused = await Assert.ThrowsAsync<InputException>(() => Pretrain("out"));
        Assert.Contains("kagome-g", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public async Task PretrainAsync_leaves_out_duplicates_and_what_is_held_out()
    {
        Write(Recipe.Replace("leaves_out_duplicates = false\n", "", StringComparison.Ordinal));
        PretrainingOutcome outcome = await Pretrain("out"); // to the matcher, cubic polonium of any size is one crystal
        Assert.Equal(1, outcome.Reports[0].Figures["crystals"]);
        Assert.Equal(11, outcome.Reports[0].Figures["left out: the same as one before"]);

        DataSet.Write(folder["held.jsonl"], Series(1));
        InputException none = await Assert.ThrowsAsync<InputException>(() =>
            pretrainer.PretrainAsync(
                Options("none") with
                {
                    HeldOutPaths = [folder["held.jsonl"]],
                },
                null,
                TestCancellation
            )
        );
        Assert.Contains("12 left out: held out", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PretrainAsync_data_with_damaged_entries_says_how_many_and_why()
    {
        File.AppendAllText(folder["data.jsonl"], "damaged\n");
        await Pretrain("out");
        EntriesUnreadable unreadable = Assert.Single(progress.All.OfType<EntriesUnreadable>());
        Assert.Equal(1, unreadable.Count);
        Assert.Contains("data.jsonl:13", unreadable.FirstProblem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("steps = 6", "steps = 0", "small-stage-one: run.steps is 0; expected a number above 0.")]
    [InlineData("relaxed_up_to = 0.10", "relaxed_up_to = 0.01", "relaxation.relaxed_up_to is 0.01")]
    [InlineData("shard_size = 4", "shard_size = 0", "crystals.shard_size is 0")]
    [InlineData("name = \"small\"", "held_out = [\"data.jsonl\"]", "crystals.leaves_out_duplicates is false")]
    [InlineData("iterations = 2", "itrations = 2", "unknown key 'relaxation.itrations'")]
    [InlineData("""data = ["data.jsonl"]""", "", "names no data; give crystals with DataPaths")]
    [InlineData("""data = ["data.jsonl"]""", """data = ["nowhere.jsonl"]""", "nowhere.jsonl")]
    public async Task PretrainAsync_recipe_with_a_mistake_is_refused_with_its_name(
        string part,
        string mistake,
        string message
    )
    {
        Write(Recipe.Replace(part, mistake, StringComparison.Ordinal));
        KagomeException refused = await Assert.ThrowsAnyAsync<KagomeException>(() => Pretrain("out"));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Simple cubic polonium at growing sizes, 0.01, 0.02 … eV/atom above the hull.</summary>
    internal static CrystalRecord[] Series(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number => new CrystalRecord(
                    $"po-{number}",
                    new Structure(Lattice.Cubic(3 + (0.1 * number)), [new Site(Element.FromSymbol("Po"), default)])
                ))
                .Select((record, at) => TestCrystals.WithEnergy(record, 0.01 * (at + 1)) with { Split = "train" }),
        ];

    private void Write(string recipe) => File.WriteAllText(folder["small.toml"], recipe);

    private PretrainingOptions Options(string output) =>
        new() { Recipe = folder["small.toml"], OutputFolder = folder[output] };

    private Task<PretrainingOutcome> Pretrain(string output, RecordingObserver? observer = null) =>
        pretrainer.PretrainAsync(Options(output), observer ?? progress, TestCancellation);

    private CrystalRecord[] Crystals(string stage) =>
        [
            .. Directory
                .GetFiles(folder[$"out/{stage}"], "*.jsonl.gz")
                .Order(StringComparer.Ordinal)
                .SelectMany(path => new CrystalReader(path).Read()),
        ];

    /// <summary>Cancels as soon as a stage begins.</summary>
    private sealed class StopAt(string stage, CancellationTokenSource cancellation) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is StageStarted started && started.Stage == stage)
            {
                cancellation.Cancel();
            }
        }
    }
}
