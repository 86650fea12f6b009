using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>kagome train as a user meets it, with a model of seconds: what it says, and in which words it refuses.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Train_predictor_says_what_it_learns_from_and_how_well()
    {
        ProgramRun run = await Train("predictor", "tiny-predictor", "--validation", WriteData("val"));
        Assert.Equal(ExitCode.Success, run.ExitCode);
        string[] lines = ProgramRun.Lines(run.Error);
        Assert.Equal("12 crystals to learn from, 12 to validate on; recipe tiny-predictor, 2 steps.", lines[0]);
        Assert.Equal(
            "  label e_hull: 8 to learn from, 8 to validate on; 4 and 4 have no number (absent, empty, text or NaN) and teach the noise only.",
            lines[1]
        );
        Assert.StartsWith(
            "  always the median of the training labels, 0.0700 eV/atom",
            lines[2],
            StringComparison.Ordinal
        );
        Assert.StartsWith("step 2/2  epoch ", lines[3], StringComparison.Ordinal);
        Assert.Contains("energies of clean crystals: mean absolute error", lines[4], StringComparison.Ordinal);
        Assert.EndsWith("eV/atom on 8", lines[4], StringComparison.Ordinal);
        Assert.Equal($"step 2: saved {folder["run/model.safetensors"]}", lines[5]);
        Assert.Equal($"Done: {folder["run/model.safetensors"]}", lines[6]);
    }

    [Fact]
    public async Task Train_predictor_from_a_generator_says_which_head_is_new()
    {
        await Train("generator", "tiny");
        string[] more = ["--init", folder["run/model.safetensors"], "--out", folder["tuned"], "--steps", "2"];
        ProgramRun run = await ProgramRun.Of([
            "train",
            "predictor",
            "--data",
            WriteData(),
            "--recipe",
            "tiny-predictor",
            .. more,
        ]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains(
            "Starting from the weights of tiny; its energy head starts at random.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Train_from_a_model_of_another_shape_is_refused_in_the_words_of_the_command_line() =>
        (await Train("generator", "tiny", "--init", "kagome-g")).AssertRefused("--init: kagome-g has the network");

    [Fact]
    public async Task Train_in_the_folder_of_another_run_is_refused_in_the_words_of_the_command_line()
    {
        await Train("generator", "tiny");
        (await Train("generator", "tiny")).AssertRefused(
            "holds a run already. Go on with --resume, or choose another folder with --out."
        );
    }

    [Fact]
    public async Task Predict_with_a_predictor_is_refused()
    {
        await Train("predictor", "tiny-predictor");
        string[] arguments = ["predict", "NaCl", "--model", folder["run/model.safetensors"], "--out", folder["out"]];
        (await ProgramRun.Of(arguments)).AssertRefused("is a predictor; expected a generator");
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
        CrystalRecord bare = new("bare", TestCrystals.Skewed);
        DataSet.Write(
            folder[$"{name}.jsonl"],
            [
                .. Enumerable
                    .Range(0, 12)
                    .Select(at => bare with { Id = $"crystal-{at}" })
                    .Select(
                        (record, at) =>
                            at % 3 == 0 ? record : record with { Labels = record.Labels.Add("e_hull", 0.01 * at) }
                    ),
            ]
        );
        return folder[$"{name}.jsonl"];
    }
}
