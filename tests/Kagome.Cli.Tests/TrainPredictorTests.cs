using System.Collections.Immutable;
using Kagome.Checkpoints;
using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>kagome train predictor as a user meets it, with a model of seconds.</summary>
public sealed class TrainPredictorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Train_predictor_counts_labels_and_leaves_a_predictor()
    {
        ProgramRun run = await Train("predictor", "tiny-predictor");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains(
            "label e_hull: 8 to learn from, 0 to validate on; 4 and 0 have no number",
            run.Error,
            StringComparison.Ordinal
        );
        using Checkpoint model = CheckpointFile.Load(folder["run/model.safetensors"]);
        Assert.Equal(ModelKind.Predictor, model.Provenance.Kind);
        Assert.Equal("eV/atom", model.LabelScaler!.Unit);
    }

    [Fact]
    public async Task Train_predictor_by_a_recipe_of_a_generator_adds_what_it_needs()
    {
        await Train("predictor", "tiny");
        using Checkpoint model = CheckpointFile.Load(folder["run/model.safetensors"]);
        Assert.Equal(ModelKind.Predictor, model.Provenance.Kind);
        Assert.True(model.Network.HasEnergyHead);
    }

    [Fact]
    public async Task Train_predictor_validates_energies_of_clean_crystals()
    {
        ProgramRun run = await Train("predictor", "tiny-predictor", "--validation", WriteData("val"));
        Assert.Contains("mean absolute error", run.Error, StringComparison.Ordinal);
        Assert.Contains("eV/atom on 8", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_predictor_on_crystals_without_the_label_is_refused_by_its_name()
    {
        DataSet.Write(folder["bare.jsonl"], [new CrystalRecord("bare", TestCrystals.Skewed)]);
        ProgramRun run = await ProgramRun.Of(
            "train",
            "predictor",
            "--data",
            folder["bare.jsonl"],
            "--recipe",
            "tiny-predictor",
            "--out",
            folder["run"]
        );
        run.AssertRefused("label 'e_hull'");
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public async Task Train_generator_by_the_recipe_of_a_predictor_is_refused() =>
        (await Train("generator", "tiny-predictor")).AssertRefused("kagome train predictor");

    [Fact]
    public async Task Train_predictor_from_a_generator_says_which_head_is_new()
    {
        await Train("generator", "tiny");
        ProgramRun run = await ProgramRun.Of(
            "train",
            "predictor",
            "--data",
            WriteData(),
            "--recipe",
            "tiny-predictor",
            "--init",
            folder["run/model.safetensors"],
            "--steps",
            "2",
            "--out",
            folder["tuned"]
        );
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("its energy head starts at random", run.Error, StringComparison.Ordinal);
        using Checkpoint model = CheckpointFile.Load(folder["tuned/model.safetensors"]);
        Assert.StartsWith("tiny, sha256 ", model.Provenance.InitialModel!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_from_a_model_of_another_shape_is_refused()
    {
        ProgramRun run = await Train("generator", "tiny", "--init", "kagome-g");
        run.AssertRefused("--init: kagome-g has the network");
    }

    [Fact]
    public async Task Predict_with_a_predictor_is_refused()
    {
        await Train("predictor", "tiny-predictor");
        ProgramRun run = await ProgramRun.Of(
            "predict",
            "NaCl",
            "--model",
            folder["run/model.safetensors"],
            "--out",
            folder["out"]
        );
        run.AssertRefused("is a predictor; expected a generator");
    }

    public void Dispose() => folder.Dispose();

    private Task<ProgramRun> Train(string kind, string recipe, params string[] more) =>
        ProgramRun.Of([
            "train",
            kind,
            "--data",
            WriteData(),
            "--recipe",
            recipe,
            "--steps",
            "2",
            "--out",
            folder["run"],
            .. more,
        ]);

    /// <summary>Twelve crystals, every third without a label.</summary>
    private string WriteData(string name = "data")
    {
        DataSet.Write(
            folder[$"{name}.jsonl"],
            [
                .. Enumerable
                    .Range(0, 12)
                    .Select(at => new CrystalRecord($"crystal-{at}", TestCrystals.Skewed)
                    {
                        Labels =
                            at % 3 == 0
                                ? ImmutableSortedDictionary<string, double>.Empty
                                : ImmutableSortedDictionary<string, double>.Empty.Add("e_hull", 0.01 * at),
                    }),
            ]
        );
        return folder[$"{name}.jsonl"];
    }
}
