using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>kagome predict with a predictor: ranks, guidance and relaxation, with models of seconds.</summary>
public sealed class PredictWithEnergiesTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    private string Predictor => folder["p/model.safetensors"];

    public async ValueTask InitializeAsync()
    {
        StructureFile.Write(
            folder["data.jsonl"],
            [
                .. TestCrystals.Series(6),
                .. Enumerable.Range(0, 6).Select(at => new CrystalRecord($"c-{at}", TestCrystals.Skewed)),
            ]
        );
        string[] generator = ["train", "generator", "--recipe", "tiny", "--steps", "2", "--out", folder["g"]];
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of([.. generator, "--data", folder["data.jsonl"]])).ExitCode);
        await PredictorModel.Train(folder["data.jsonl"], folder["p"]);
    }

    [Fact]
    public async Task Predict_with_a_predictor_ranks_valid_crystals_by_energy_and_count_and_shows_it()
    {
        JsonElement[] candidates = await Candidates();
        double[] scores =
        [
            .. candidates
                .Where(candidate => candidate.GetProperty("valid").GetBoolean())
                .DistinctBy(candidate => candidate.GetProperty("crystal").GetInt32())
                .Select(candidate =>
                    candidate.GetProperty("energy_above_hull").GetDouble()
                    - (0.1 * Math.Log(candidate.GetProperty("found").GetInt32()))
                ),
        ];
        Assert.NotEmpty(scores);
        Assert.Equal(scores.Order(), scores);
        ProgramRun table = await Predict();
        Assert.Contains("eV/atom", table.Output, StringComparison.Ordinal);
        Assert.Contains("never saw Na", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_without_a_predictor_says_no_energy()
    {
        JsonElement[] candidates = await Candidates("--predictor", "none");
        Assert.All(
            candidates,
            candidate => Assert.Equal(JsonValueKind.Null, candidate.GetProperty("energy_above_hull").ValueKind)
        );
    }

    [Fact]
    public async Task Predict_with_relax_states_energies_before_and_after()
    {
        JsonElement[] valid =
        [
            .. (await Candidates("--relax")).Where(candidate => candidate.GetProperty("valid").GetBoolean()),
        ];
        Assert.NotEmpty(valid);
        Assert.All(
            valid,
            candidate =>
            {
                Assert.Equal(JsonValueKind.String, candidate.GetProperty("relaxation").ValueKind);
                Assert.True(
                    candidate.GetProperty("energy_above_hull").GetDouble()
                        <= candidate.GetProperty("energy_before_relaxation").GetDouble() + 1e-4
                );
            }
        );
    }

    [Fact]
    public async Task Predict_guided_gives_other_structures_and_weight_0_the_same()
    {
        string Volumes(IEnumerable<JsonElement> candidates) =>
            string.Join(' ', candidates.Select(candidate => candidate.GetProperty("volume_per_atom")).Order(ByText));
        string unguided = Volumes(await Candidates());
        Assert.Equal(unguided, Volumes(await Candidates("--guidance", "0")));
        Assert.NotEqual(unguided, Volumes(await Candidates("--guidance", "500")));
        Assert.Equal(
            unguided,
            Volumes(await Candidates("--guidance", "500", "--guidance-coordinates", "0", "--guidance-lattice", "0"))
        );
    }

    [Fact]
    public async Task Predict_guided_without_a_predictor_is_refused() =>
        (await Predict("--guidance", "1", "--predictor", "none")).AssertRefused("need a predictor");

    [Fact]
    public async Task Predict_guided_by_a_generator_is_refused() =>
        (await Predict("--guidance", "1", "--predictor", folder["g/model.safetensors"])).AssertRefused(
            "is a generator; expected a predictor"
        );

    [Fact]
    public async Task Predict_guided_by_a_predictor_of_other_noise_is_refused()
    {
        ProgramRun run = await ProgramRun.Of(
            "predict",
            "NaCl",
            "--candidates=generated",
            "--guidance",
            "1",
            "--predictor",
            Predictor,
            "--out",
            folder["out"]
        );
        run.AssertRefused("expected the same where one guides the other");
    }

    [Fact]
    public async Task Evaluate_guided_records_the_weights_and_the_predictor()
    {
        StructureFile.Write(folder["known.jsonl"], TestCrystals.Series(2));
        ProgramRun run = await ProgramRun.Of(
            "evaluate",
            "--data",
            folder["known.jsonl"],
            "--split",
            "train",
            "--model",
            folder["g/model.safetensors"],
            "--predictor",
            Predictor,
            "--guidance",
            "2",
            "--guidance-lattice",
            "3",
            "--steps",
            "10",
            "--out",
            folder["evaluation"],
            "--json"
        );
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        JsonElement sampler = JsonDocument.Parse(run.Output).RootElement.GetProperty("origin").GetProperty("sampler");
        Assert.Equal("2", sampler.GetProperty("guidance_coordinates").GetString());
        Assert.Equal("3", sampler.GetProperty("guidance_lattice").GetString());
        Assert.Equal(64, sampler.GetProperty("predictor_sha256").GetString()!.Length);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("much")]
    [InlineData("NaN")]
    public async Task Predict_impossible_guidance_is_refused(string weight)
    {
        ProgramRun run = await Predict($"--guidance={weight}");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("expected a number of at least 0", run.Error, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Comparer<JsonElement> ByText =>
        Comparer<JsonElement>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    private async Task<JsonElement[]> Candidates(params string[] more)
    {
        ProgramRun run = await Predict([.. more, "--json"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        return
        [
            .. JsonDocument
                .Parse(run.Output)
                .RootElement.GetProperty("predictions")[0]
                .GetProperty("candidates")
                .EnumerateArray(),
        ];
    }

    private Task<ProgramRun> Predict(params string[] more) =>
        ProgramRun.Of([
            "predict",
            "NaCl",
            "--candidates=generated",
            "--model",
            folder["g/model.safetensors"],
            "--samples",
            "5",
            "--steps",
            "50",
            "--out",
            folder["out"],
            .. more.Contains("--predictor") ? [] : new[] { "--predictor", Predictor },
            .. more,
        ]);
}
