using System.Globalization;
using System.Text.Json;
using Kagome.Checkpoints;
using Kagome.Checkpoints.Safetensors;

namespace Kagome.Cli.Tests;

/// <summary>kagome train property, kagome property and kagome tc as a user meets them, with models of seconds.</summary>
public sealed class PropertyTests : IAsyncLifetime
{
    private const int SaltCount = 24; // of as many formulas; every fourth has tc = 0

    private readonly TemporaryFolder folder = new();

    private string Data => folder["data.jsonl"];

    private string Ensemble => folder["run/model.safetensors"];

    public async ValueTask InitializeAsync()
    {
        File.WriteAllLines(
            Data,
            [
                .. Enumerable.Range(0, SaltCount).Select(at => Salt(3 + at, $"{(at % 4 == 0 ? 0 : at + 0.5)}")),
                Salt(30, "\"high\""),
                Salt(31, "null"),
                Salt(32, "7.5").Replace("\"tc\"", "\"split\":\"test\",\"tc\"", StringComparison.Ordinal),
            ]
        );
        File.WriteAllLines(folder["train.jsonl"], Enumerable.Range(3, 8).Select(at => Salt(at, "1,\"e_hull\":0.1")));
        await PredictorModel.Train(folder["train.jsonl"], folder["p"]);
    }

    [Fact]
    public async Task Train_property_says_what_it_left_out_and_how_far_it_and_the_baselines_are_off()
    {
        ProgramRun run = await Train();
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Contains("18 crystals with label 'tc' to learn from, in 2 folds", run.Error, StringComparison.Ordinal);
        Assert.Contains("6 with tc of 0 or less tell what has none", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 left out: no number as label 'tc'", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 left out: of the test split", run.Error, StringComparison.Ordinal);
        JsonElement tested = JsonDocument.Parse(File.ReadAllText(folder["run/cross-validation.json"])).RootElement;
        Assert.Equal(2, tested.GetProperty("folds").GetArrayLength());
        Assert.All(["model", "median", "same_elements", "composition", "model_in_unit"], HasError);
        void HasError(string name) =>
            Assert.True(
                tested.GetProperty("folds")[0].GetProperty(name).GetProperty("mean_absolute_error").GetDouble() > 0
            );
    }

    [Fact]
    public async Task Train_property_keeps_frozen_weights_once_and_trained_ones_for_each_fold()
    {
        await Train();
        using Checkpoint model = CheckpointFile.Load(Ensemble);
        PropertyEnsemble ensemble = model.Ensemble!;
        Assert.Equal(ModelKind.Property, model.Provenance.Kind);
        Assert.Equal(("tc", "K", LabelTransform.Log), (ensemble.Label, ensemble.Unit, ensemble.Transform));
        Assert.NotNull(ensemble.Occurrence);
        Assert.Contains("blocks.0.attention.query.weight", model.Weights.Keys);
        Assert.Contains("folds.1.energy_head.output.weight", model.Weights.Keys);
        Assert.DoesNotContain("energy_head.output.weight", model.Weights.Keys);
        using Checkpoint start = CheckpointFile.Load(folder["p/model.safetensors"]);
        Assert.Equal(
            start.Weights["blocks.0.attention.query.weight"].data<float>(),
            model.Weights["blocks.0.attention.query.weight"].data<float>()
        );
        ProgramRun info = await ProgramRun.Of("models", "info", Ensemble);
        Assert.Contains("learned as ln tc", info.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of("models", "verify", Ensemble)).ExitCode);
    }

    [Fact]
    public async Task Train_property_resumed_gives_the_same_weights_and_trains_only_what_is_missing()
    {
        await Train();
        Dictionary<string, float[]> before = Weights(Ensemble);
        DateTime firstFold = File.GetLastWriteTimeUtc(folder["run/fold-1/state.safetensors"]);
        (await Train()).AssertRefused("--resume");
        Directory.Delete(folder["run/fold-2"], recursive: true);
        File.Delete(Ensemble);
        ProgramRun run = await Train("--resume");
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Equal(firstFold, File.GetLastWriteTimeUtc(folder["run/fold-1/state.safetensors"]));
        Assert.Equivalent(before, Weights(Ensemble), strict: true);
    }

    [Fact]
    public async Task Train_property_logarithms_of_zeros_are_refused_with_the_way_out() =>
        (await Train("--above=-Infinity", "--log")).AssertRefused("--above 0");

    [Theory]
    [InlineData("--label", "nothing", "usable label 'nothing'")]
    [InlineData("--folds", "1", "--folds is 1")]
    [InlineData("--folds", "60", "is empty")]
    [InlineData("--trainable-blocks", "-1", "--trainable-blocks is -1")]
    public async Task Train_property_impossible_options_are_refused(string option, string value, string part)
    {
        (await Train($"{option}={value}")).AssertRefused(part);
        Assert.False(Directory.Exists(folder["run"]));
    }

    [Fact]
    public async Task Property_of_a_file_lies_in_its_range_and_says_what_it_rests_on()
    {
        await Train();
        File.WriteAllText(folder["salt.cif"], TestCrystals.SodiumChlorideCif);
        ProgramRun run = await ProgramRun.Of("property", Ensemble, folder["salt.cif"], "--json");
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        JsonElement crystal = JsonDocument.Parse(run.Output).RootElement.GetProperty("crystals")[0];
        JsonElement value = crystal.GetProperty("property");
        Assert.Equal("NaCl", crystal.GetProperty("formula").GetString());
        Assert.InRange(
            value.GetProperty("value").GetDouble(),
            value.GetProperty("low").GetDouble(),
            value.GetProperty("high").GetDouble()
        );
        Assert.InRange(value.GetProperty("probability").GetDouble(), 0, 1);
        ProgramRun table = await ProgramRun.Of("property", Ensemble, folder["salt.cif"]);
        Assert.Contains("formulas not learned from", table.Output, StringComparison.Ordinal);
        Assert.Contains("base rate", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_of_elements_that_were_not_learned_from_is_told_with_a_concern()
    {
        await Train();
        File.WriteAllLines(folder["rare.jsonl"], [Salt(92, "1")]);
        ProgramRun run = await ProgramRun.Of("property", Ensemble, folder["rare.jsonl"]);
        Assert.Contains("never saw U", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_of_labelled_data_tells_errors_beside_baselines()
    {
        await Train();
        ProgramRun run = await ProgramRun.Of("property", Ensemble, "--data", Data);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Contains("always the median", run.Output, StringComparison.Ordinal);
        Assert.Contains("mean absolute error, ln K", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_by_an_ensemble_without_a_fold_is_refused_by_its_number()
    {
        await Train();
        using (SafetensorsFile file = SafetensorsFile.Read(Ensemble))
        {
            SafetensorsFile.Write(
                folder["cut.safetensors"],
                file.Tensors.Where(pair => !pair.Key.StartsWith("folds.1.", StringComparison.Ordinal)).ToDictionary(),
                file.Metadata
            );
        }

        (await ProgramRun.Of("property", folder["cut.safetensors"], "--data", Data)).AssertRefused(
            "fold 2 of 2 is missing"
        );
        (await ProgramRun.Of("property", folder["run/fold-1/model.safetensors"], "--data", Data)).AssertRefused(
            "one fold of an ensemble"
        );
    }

    [Fact]
    public async Task Models_of_another_kind_are_refused()
    {
        await Train();
        string predictor = folder["p/model.safetensors"];
        (await ProgramRun.Of("property", predictor, "--data", Data)).AssertRefused("expected a property model");
        (await ProgramRun.Of("tc", "--model", "kagome-g", "NaCl")).AssertRefused("expected a property model");
        (await ProgramRun.Of("energy", "--data", Data, "--model", Ensemble)).AssertRefused("expected a predictor");
        (await ProgramRun.Of("predict", "NaCl", "--model", Ensemble)).AssertRefused("expected a generator");
        (await Train("--init", Ensemble, "--out", folder["other"])).AssertRefused("ensemble of 2 networks");
    }

    [Fact]
    public async Task Property_learned_from_the_composition_on_adds_what_that_says()
    {
        string recipe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "recipes", "tiny-predictor.toml"));
        string property = "[property]\nlabel = \"tc\"\nlog = true\nabove = 0.0\nfrom_composition = true\n";
        string path = folder.Write(
            "tiny-tc.toml",
            recipe.Replace("[energy]\nclean_share = 0.5\n", property, StringComparison.Ordinal)
        );
        ProgramRun trained = await Train("--recipe", path);
        Assert.True(trained.ExitCode == ExitCode.Success, trained.Error);
        double before = await ValueOfSalt(Ensemble);
        using (Checkpoint model = CheckpointFile.Load(Ensemble))
        {
            PropertyEnsemble ensemble = model.Ensemble!;
            Assert.Equal(2, ensemble.Composition!.Count);
            CompositionTerm[] raised =
            [
                .. ensemble.Composition.Select(term => term with { Bias = term.Bias + 1, Largest = 100 }),
            ];
            CheckpointFile.Save(
                folder["raised.safetensors"],
                model with
                {
                    Ensemble = ensemble with { Composition = raised },
                }
            );
        }

        Assert.Equal(Math.E, await ValueOfSalt(folder["raised.safetensors"]) / before, 0.05);
    }

    [Fact]
    public async Task Tc_of_a_formula_predicts_structures_and_tells_energy_and_temperature()
    {
        await Train();
        string[] generator = ["train", "generator", "--recipe", "tiny", "--steps", "2", "--out", folder["g"]];
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of([.. generator, "--data", folder["train.jsonl"]])).ExitCode);
        string[] models = ["--generator", folder["g/model.safetensors"], "--predictor", folder["p/model.safetensors"]];
        string[] options = ["--samples", "5", "--steps", "50", "--out", folder["predictions"], "--json"];
        string[] command = ["tc", "NaCl", "--model", Ensemble, .. models, .. options];
        ProgramRun run = await ProgramRun.Of(command);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        JsonElement[] crystals =
        [
            .. JsonDocument.Parse(run.Output).RootElement.GetProperty("crystals").EnumerateArray(),
        ];
        Assert.InRange(crystals.Length, 1, 3);
        Assert.All(
            crystals,
            crystal =>
            {
                Assert.True(double.IsFinite(crystal.GetProperty("energy_above_hull").GetDouble()));
                Assert.True(crystal.GetProperty("property").GetProperty("value").GetDouble() > 0);
            }
        );
        Assert.Equal(run.Output, (await ProgramRun.Of(command)).Output);
    }

    [Fact]
    public async Task Tc_of_neither_file_nor_formula_is_refused()
    {
        await Train();
        (await ProgramRun.Of("tc", "no-such.cif", "--model", Ensemble)).AssertRefused("neither a file nor a formula");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<double> ValueOfSalt(string model)
    {
        File.WriteAllLines(folder["salt.jsonl"], [Salt(11, "1")]);
        ProgramRun run = await ProgramRun.Of("property", model, folder["salt.jsonl"], "--json");
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        JsonElement crystal = JsonDocument.Parse(run.Output).RootElement.GetProperty("crystals")[0];
        return crystal.GetProperty("property").GetProperty("value").GetDouble();
    }

    private static Dictionary<string, float[]> Weights(string path)
    {
        using Checkpoint model = CheckpointFile.Load(path);
        return model.Weights.ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().ToArray());
    }

    /// <summary>Caesium chloride's structure with another element in caesium's place.</summary>
    private static string Salt(int atomicNumber, string label) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"salt-{{atomicNumber}}","cell":[{{3 + (0.02 * atomicNumber)}},{{3 + (0.02 * atomicNumber)}},{{3 + (0.02 * atomicNumber)}},90,90,90],"z":[{{(atomicNumber == 17 ? 35 : atomicNumber)}},17],"frac":[[0,0,0],[0.5,0.5,0.5]],"tc":{{label}}}"""
        );

    private Task<ProgramRun> Train(params string[] more) =>
        ProgramRun.Of([
            "train",
            "property",
            "--data",
            Data,
            .. more.Any(option => option.StartsWith("--label", StringComparison.Ordinal))
                ? []
                : new[] { "--label", "tc" },
            .. more.Any(option => option.StartsWith("--above", StringComparison.Ordinal))
                ? []
                : new[] { "--above", "0", "--log" },
            .. more.Any(option => option.StartsWith("--folds", StringComparison.Ordinal))
                ? []
                : new[] { "--folds", "2" },
            .. more.Any(option => option.StartsWith("--trainable", StringComparison.Ordinal))
                ? []
                : new[] { "--trainable-blocks", "0" },
            .. more.Contains("--init") ? [] : new[] { "--init", folder["p/model.safetensors"] },
            .. more.Contains("--out") ? [] : new[] { "--out", folder["run"] },
            .. more.Contains("--recipe") ? [] : new[] { "--recipe", "tiny-predictor" },
            "--steps",
            "3",
            .. more,
        ]);
}
