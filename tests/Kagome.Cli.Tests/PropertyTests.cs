using System.Globalization;
using System.Text.Json;
using Kagome.Cli.Tests.Schemas;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>kagome train property, kagome property and kagome tc as a user meets them; what they compute is tested in the library.</summary>
public sealed class PropertyTests(PropertyTests.TrainedEnsemble trained) : IClassFixture<PropertyTests.TrainedEnsemble>
{
    private readonly TemporaryFolder folder = trained.Folder;

    private string Data => folder["data.jsonl"];

    private string Predictor => folder["p/model.safetensors"];

    private string Ensemble => folder["run/model.safetensors"];

    [Fact]
    public void Train_property_says_what_it_learned_from_and_how_far_it_and_the_baselines_are_off()
    {
        ProgramRun run = trained.Run;
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Contains("18 crystals with label 'tc' to learn from, in 2 folds", run.Error, StringComparison.Ordinal);
        Assert.Contains("  6 with tc of 0 or less tell what has none.", run.Error, StringComparison.Ordinal);
        Assert.Contains("  2 left out: no number as label 'tc'", run.Error, StringComparison.Ordinal);
        Assert.Contains("  1 left out: of the test split", run.Error, StringComparison.Ordinal);
        Assert.Contains("the head starts at random.", run.Error, StringComparison.Ordinal);
        Assert.Contains("step 6: saved ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith($"Done: {Ensemble}\n", run.Error, StringComparison.Ordinal);
        Assert.Contains("fold\tlearned from\ttested on\tmodel\tmedian", run.Output, StringComparison.Ordinal);
        Assert.Contains("Whether a crystal has the property at all", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "--resume, or choose another folder with --out")]
    [InlineData("--label=nothing", "usable label 'nothing'", "Name another with --label.")]
    [InlineData("--folds=1", "--folds is 1; expected 2 to 100.")]
    [InlineData("--folds=60", "is empty", "Choose fewer --folds")]
    [InlineData("--trainable-blocks=-1", "--trainable-blocks is -1")]
    [InlineData("--above=-1", "--above is -1")]
    [InlineData("--above=-Infinity", "Leave them out with --above 0, or leave out --log.")]
    public async Task Train_property_what_cannot_be_is_refused_in_the_words_of_the_options(
        string option,
        params string[] parts
    )
    {
        string[] more = option == "" ? [] : [option, "--out", folder["other"]];
        ProgramRun run = await TrainedEnsemble.Train(folder, more);
        Assert.All(parts, run.AssertRefused);
        Assert.False(Directory.Exists(folder["other"]));
    }

    [Fact]
    public async Task Train_property_recipe_out_of_range_is_refused_in_the_words_of_the_recipe()
    {
        string recipe = folder.Write("bad.toml", "name = \"bad\"\n[property]\nlabel = \"tc\"\nfolds = 101\n");
        ProgramRun run = await TrainedEnsemble.Train(folder, "--recipe", recipe);
        run.AssertRefused("bad.toml: property.folds is 101; expected 2 to 100.");
    }

    [Fact]
    public async Task Models_info_and_verify_know_an_ensemble()
    {
        ProgramRun info = await ProgramRun.Of("models", "info", Ensemble);
        Assert.Contains("learned as ln tc", info.Output, StringComparison.Ordinal);
        (await ProgramRun.Of("models", "info", Ensemble, "--json")).AssertSuccess();
        PublishedSchemas.AssertValidFile(DocumentSchema.CrossValidation, folder["run/cross-validation.json"]);
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of("models", "verify", Ensemble)).ExitCode);
    }

    [Fact]
    public async Task Models_of_another_kind_are_refused()
    {
        (await ProgramRun.Of("property", Predictor, "--data", Data)).AssertRefused("expected a property model");
        (await ProgramRun.Of("tc", "--model", "kagome-g", "NaCl")).AssertRefused("expected a property model");
        (await ProgramRun.Of("predict", "NaCl", "--model", Ensemble)).AssertRefused("expected a generator");
        string[] other = ["--init", Ensemble, "--out", folder["other"]];
        (await TrainedEnsemble.Train(folder, other)).AssertRefused(
            "--init: tiny-predictor is an ensemble of 2 networks"
        );
        string fold = folder["run/fold-1/model.safetensors"];
        (await ProgramRun.Of("property", fold, "--data", Data)).AssertRefused("one fold of an ensemble");
        (await ProgramRun.Of("energy", "--data", Data, "--model", Ensemble)).AssertRefused("expected a predictor");
    }

    [Fact]
    public async Task Property_of_a_file_is_told_with_its_range_and_what_it_rests_on()
    {
        string salt = folder.Write("salt.cif", TestCrystals.SodiumChlorideCif);
        ProgramRun run = await ProgramRun.Of("property", Ensemble, salt, "--json");
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        JsonElement crystal = JsonDocument.Parse(run.Output).RootElement.GetProperty("crystals")[0];
        JsonElement property = crystal.GetProperty("property");
        double Number(string name) => property.GetProperty(name).GetDouble();
        Assert.Equal("NaCl", crystal.GetProperty("formula").GetString());
        Assert.InRange(Number("value"), Number("low"), Number("high"));
        Assert.InRange(Number("probability"), 0, 1);
        ProgramRun table = await ProgramRun.Of("property", Ensemble, salt);
        Assert.Contains("formulas not learned from", table.Output, StringComparison.Ordinal);
        Assert.Contains("base rate", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_of_data_is_told_with_concerns_and_with_errors_beside_baselines()
    {
        string data = folder.Write("more.jsonl", $"{Salt(11, "3")}\n{Salt(12, "4")}\n{Salt(92, "1")}\n");
        ProgramRun table = await ProgramRun.Of("property", Ensemble, "--data", data);
        Assert.True(table.ExitCode == ExitCode.Success, table.Error);
        Assert.Contains("never saw U", table.Output, StringComparison.Ordinal);
        Assert.Contains("always the median", table.Output, StringComparison.Ordinal);
        Assert.Contains("mean absolute error, ln K", table.Output, StringComparison.Ordinal);
        string[] rows = ProgramRun.Lines((await ProgramRun.Of("property", Ensemble, "--data", data, "--csv")).Output);
        Assert.StartsWith(
            "id,formula,atoms,space_group,energy_above_hull,value,low,high",
            rows[0],
            StringComparison.Ordinal
        );
        Assert.Equal(4, rows.Length);
        Assert.Contains("never saw U", rows[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tc_of_a_formula_and_a_file_tells_energies_and_temperatures_and_writes_the_structures()
    {
        string[] targets = ["NaCl", folder.Write("caesium.jsonl", Salt(55, "1"))];
        string[] models = ["--model", Ensemble, "--predictor", Predictor];
        string[] options = ["--samples", "4", "--steps", "20", "--max-atoms", "4", "--out", folder["tc"], "--json"];
        string[] command = ["tc", .. targets, .. models, .. options];
        ProgramRun run = await ProgramRun.Of(command);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        Assert.Contains("NaCl: samples per cell Z = 1", run.Error, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement[] crystals = [.. document.RootElement.GetProperty("crystals").EnumerateArray()];
        Assert.InRange(crystals.Length, 2, 4);
        Assert.Equal("salt-55", crystals[0].GetProperty("id").GetString());
        Assert.StartsWith("NaCl #", crystals[1].GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.All(
            crystals,
            crystal => Assert.True(double.IsFinite(crystal.GetProperty("energy_above_hull").GetDouble()))
        );
        Assert.All(
            crystals,
            crystal => Assert.True(crystal.GetProperty("property").GetProperty("value").GetDouble() > 0)
        );
        Prediction("relax_iterations", 0); // as by predict: relaxed freely, the MgB2 of known structure types loses its symmetry
        Prediction("steps", 20);
        ProgramRun again = await ProgramRun.Of(command);
        Assert.True(again.ExitCode == ExitCode.Success, again.Error);
        Assert.Equal(run.Output, again.Output);

        void Prediction(string setting, int value) =>
            Assert.Contains(
                $"\"{setting}\": {value}",
                File.ReadAllText(folder["tc/NaCl/candidates.json"]),
                StringComparison.Ordinal
            );
    }

    [Fact]
    public async Task Tc_of_neither_file_nor_formula_is_refused() =>
        (await ProgramRun.Of("tc", "no-such.cif", "--model", Ensemble)).AssertRefused("neither a file nor a formula");

    /// <summary>Caesium chloride's structure with another element in caesium's place.</summary>
    private static string Salt(int atomicNumber, string label) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"salt-{{atomicNumber}}","cell":[{{3 + (0.02 * atomicNumber)}},{{3 + (0.02 * atomicNumber)}},{{3 + (0.02 * atomicNumber)}},90,90,90],"z":[{{(atomicNumber == 17 ? 35 : atomicNumber)}},17],"frac":[[0,0,0],[0.5,0.5,0.5]],"tc":{{label}}}"""
        );

    /// <summary>An ensemble of two folds that was trained in a second, for all tests.</summary>
    public sealed class TrainedEnsemble : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; } = new();

        internal ProgramRun Run { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            File.WriteAllLines(
                Folder["data.jsonl"],
                [
                    .. Enumerable.Range(0, 24).Select(at => Salt(3 + at, $"{(at % 4 == 0 ? 0 : at + 0.5)}")),
                    Salt(30, "\"high\""),
                    Salt(31, "null"),
                    Salt(32, "7.5").Replace("\"tc\"", "\"split\":\"test\",\"tc\"", StringComparison.Ordinal),
                ]
            );
            File.WriteAllLines(Folder["e.jsonl"], Enumerable.Range(3, 8).Select(at => Salt(at, "1,\"e_hull\":0.1")));
            await PredictorModel.Train(Folder["e.jsonl"], Folder["p"]);
            Run = await Train(Folder);
        }

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return ValueTask.CompletedTask;
        }

        /// <param name="folder">Holds data.jsonl and the predictor to start from.</param>
        /// <param name="more">Options in place of the usual ones.</param>
        internal static Task<ProgramRun> Train(TemporaryFolder folder, params string[] more)
        {
            Dictionary<string, string> options = new(StringComparer.Ordinal)
            {
                ["--data"] = folder["data.jsonl"],
                ["--recipe"] = "tiny-predictor",
                ["--init"] = folder["p/model.safetensors"],
                ["--label"] = "tc",
                ["--above"] = "0",
                ["--folds"] = "2",
                ["--trainable-blocks"] = "0",
                ["--steps"] = "3",
                ["--out"] = folder["run"],
            };
            foreach (string name in more.Where(word => word.StartsWith('-')).Select(word => word.Split('=')[0]))
            {
                options.Remove(name);
            }

            return ProgramRun.Of([
                "train",
                "property",
                "--log",
                .. options.SelectMany(pair => new[] { pair.Key, pair.Value }),
                .. more,
            ]);
        }
    }
}
