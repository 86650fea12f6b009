using System.IO.Hashing;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;

namespace Kagome.Training.Tests;

/// <summary>What each stage of a pretraining is made from.</summary>
public sealed class PretrainerStageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public PretrainerStageTests()
    {
        Write(PretrainerTests.Recipe);
        DataSet.Write(folder["data.jsonl"], Series());
    }

    [Fact]
    public async Task PretrainAsync_makes_each_stage_from_the_ones_that_it_should_be_made_from()
    {
        IReadOnlyDictionary<string, StageReport> reports = await Pretrain();
        string data = ContentHash.Of(reports["data"].Outputs);
        string relaxed = ContentHash.Of(reports["relaxation"].Outputs);
        Assert.NotEqual(data, relaxed);
        Assert.Equal(
            [data, data, data, relaxed],
            new[] { "stage-one", "predictor", "relaxation", "stage-two" }.Select(stage =>
                reports[stage].Inputs["crystals"]
            )
        );
        Assert.Equal("none", reports["stage-one"].Inputs["initial model"]);
        Assert.Equal("none", reports["predictor"].Inputs["initial model"]);
        Assert.Equal(Hash("predictor"), reports["relaxation"].Inputs["predictor"]);
        Assert.Equal(Hash("stage-one"), reports["stage-two"].Inputs["initial model"]);
        Assert.Equal(Hash("stage-two"), reports["fine-tuning"].Inputs["initial model"]);
        Assert.Equal(12, reports["fine-tuning"].Figures["crystals"]);
    }

    [Fact]
    public async Task PretrainAsync_models_start_from_the_weights_that_they_should_start_from()
    {
        await Pretrain();
        Assert.Null(InitialModel("stage-one"));
        Assert.Null(InitialModel("predictor"));
        Assert.Equal($"small-stage-one, sha256 {Checksum("stage-one")}", InitialModel("stage-two"));
        Assert.Equal($"small-stage-two, sha256 {Checksum("stage-two")}", InitialModel("fine-tuning"));
    }

    [Fact]
    public async Task PretrainAsync_predictor_starts_from_stage_one_where_the_recipe_says_so()
    {
        Write(Changed("[predictor]", "[predictor]\nstarts_from_stage_one = true"));
        IReadOnlyDictionary<string, StageReport> reports = await Pretrain();
        Assert.Equal(Hash("stage-one"), reports["predictor"].Inputs["initial model"]);
        Assert.Equal($"small-stage-one, sha256 {Checksum("stage-one")}", InitialModel("predictor"));
    }

    [Fact]
    public async Task PretrainAsync_learns_from_unlabelled_crystals_and_from_none_of_the_test_split()
    {
        CrystalRecord[] tested = [.. Series().Take(3).Select(record => record with { Split = "test" })];
        CrystalRecord[] bare =
        [
            .. Series()
                .Take(5)
                .Select(record => record with { Id = $"bare-{record.Id}", Labels = record.Labels.Clear() }),
        ];
        DataSet.Write(folder["data.jsonl"], [.. tested, .. Series().Skip(3), .. bare]);
        IReadOnlyDictionary<string, StageReport> reports = await Pretrain();
        Assert.Equal(14, reports["data"].Figures["crystals"]);
        Assert.Equal(3, reports["data"].Figures["left out: of the test split"]);
        Assert.All(
            ["stage-one", "predictor", "stage-two", "fine-tuning"],
            stage => Assert.Equal(14, reports[stage].Figures["crystals"])
        );
        string[] learned = [.. Crystals("data").Select(record => record.Id)];
        Assert.Empty(learned.Intersect(tested.Select(record => record.Id)));
        Assert.Equal(learned, Crystals("relaxation").Select(record => record.Id));
    }

    [Fact]
    public async Task PretrainAsync_relaxes_again_for_other_iterations_and_for_another_predictor()
    {
        IReadOnlyDictionary<string, StageReport> first = await Pretrain();
        Write(Changed("iterations = 2", "iterations = 9"));
        IReadOnlyDictionary<string, StageReport> longer = await Pretrain();
        Assert.NotEqual(first["relaxation"].Outputs, longer["relaxation"].Outputs);
        Assert.Equal(first["predictor"].Outputs, longer["predictor"].Outputs);
        Assert.True(
            longer["relaxation"].Figures["mean predicted change, eV/atom"]
                < first["relaxation"].Figures["mean predicted change, eV/atom"]
        );

        Write(Changed("[predictor]\nsteps = 6", "[predictor]\nsteps = 7"));
        RecordingObserver progress = new();
        IReadOnlyDictionary<string, StageReport> other = await Pretrain(progress);
        Assert.Equal(
            ["predictor", "relaxation", "stage-two", "fine-tuning"],
            progress.All.OfType<StageStarted>().Select(started => started.Stage)
        );
        Assert.NotEqual(first["relaxation"].Outputs, other["relaxation"].Outputs);
    }

    [Fact]
    public void Recipes_of_all_stages_have_the_bounds_seed_and_steps_of_the_pretraining()
    {
        PretrainingRecipe whole = new()
        {
            Name = "whole",
            Seed = 9,
            InitialModel = "kagome-g",
            Crystals = new CrystalLimits { LargestAtomCount = 11, LargestEnergyAboveHull = 0.3 },
            StageOne = new GeneratorStage
            {
                Steps = 1,
                Optimizer = new() { LearningRate = 1e-1 },
            },
            Predictor = new PredictorStage
            {
                Steps = 2,
                Optimizer = new() { LearningRate = 1e-2 },
                Energy = new() { CleanShare = 0.25 },
            },
            StageTwo = new GeneratorStage
            {
                Steps = 3,
                Optimizer = new() { LearningRate = 1e-3 },
            },
            FineTuning = new FineTuningStage
            {
                Steps = 4,
                Optimizer = new() { LearningRate = 1e-4 },
            },
        };
        Training.Recipes.Recipe[] stages =
        [
            whole.StageOneRecipe,
            whole.PredictorRecipe,
            whole.StageTwoRecipe,
            whole.FineTuningRecipe!,
        ];
        Assert.All(
            stages,
            stage =>
                Assert.Equal((9, 11, 0.3), (stage.Seed, stage.Run.LargestAtomCount, stage.Run.LargestEnergyAboveHull))
        );
        Assert.Equal([1, 2, 3, 4], stages.Select(stage => stage.Run.Steps));
        Assert.Equal([1e-1, 1e-2, 1e-3, 1e-4], stages.Select(stage => stage.Optimizer.LearningRate));
        Assert.Equal(["kagome-g", null, null, null], stages.Select(stage => stage.InitialModel));
        Assert.Equal([null, 0.25, null, null], stages.Select(stage => stage.Energy?.CleanShare));
        Assert.Equal(["whole-stage-one", "whole-predictor", "whole-stage-two", "whole"], stages.Select(s => s.Name));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Simple cubic polonium at growing sizes, 0.01, 0.02 … 0.12 eV/atom above the hull.</summary>
    private static CrystalRecord[] Series() =>
        [
            .. Enumerable
                .Range(1, 12)
                .Select(number => new CrystalRecord(
                    $"po-{number}",
                    new Structure(Lattice.Cubic(3 + (0.1 * number)), [new Site(Element.FromSymbol("Po"), default)])
                ))
                .Select((record, at) => TestCrystals.WithEnergy(record, 0.01 * (at + 1)) with { Split = "train" }),
        ];

    private void Write(string recipe) => File.WriteAllText(folder["small.toml"], recipe);

    private static string Changed(string part, string other)
    {
        string recipe = PretrainerTests.Recipe.Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.Contains(part, recipe, StringComparison.Ordinal);
        return recipe.Replace(part, other, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyDictionary<string, StageReport>> Pretrain(RecordingObserver? progress = null)
    {
        PretrainingOptions options = new() { Recipe = folder["small.toml"], OutputFolder = folder["out"] };
        PretrainingOutcome outcome = await new Pretrainer().PretrainAsync(
            options,
            progress,
            TestContext.Current.CancellationToken
        );
        return outcome.Reports.ToDictionary(report => report.Stage);
    }

    private string PathOf(string stage) => folder[$"out/{stage}/model.safetensors"];

    private string Hash(string stage) => Convert.ToHexStringLower(XxHash128.Hash(File.ReadAllBytes(PathOf(stage))));

    private string Checksum(string stage) => CheckpointFile.Verify(PathOf(stage));

    private string? InitialModel(string stage)
    {
        using Checkpoint model = CheckpointFile.Load(PathOf(stage));
        return model.Provenance.InitialModel;
    }

    private CrystalRecord[] Crystals(string stage) =>
        [
            .. Directory
                .GetFiles(folder[$"out/{stage}"], "*.jsonl.gz")
                .Order(StringComparer.Ordinal)
                .SelectMany(path => new CrystalReader(path).Read()),
        ];
}
