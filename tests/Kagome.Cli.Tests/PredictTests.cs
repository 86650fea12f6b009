using System.Text.Json;
using Kagome.Cli.Tests.Schemas;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests;

/// <summary>kagome train generator and kagome predict as a user meets them, with a model of seconds.</summary>
public sealed class PredictTests : IAsyncLifetime
{
    private const int Samples = 5;

    private readonly TemporaryFolder folder = new();

    private string Model => folder["run/model.safetensors"];

    public async ValueTask InitializeAsync()
    {
        CrystalRecord[] records =
        [
            .. Enumerable.Range(0, 12).Select(at => new CrystalRecord($"crystal-{at}", TestCrystals.Skewed)),
        ];
        StructureFile.Write(folder["data.jsonl"], records);
        ProgramRun run = await ProgramRun.Of(
            "train",
            "generator",
            "--data",
            folder["data.jsonl"],
            "--recipe",
            "tiny",
            "--steps",
            "2",
            "--out",
            folder["run"]
        );
        Assert.Equal(ExitCode.Success, run.ExitCode);
    }

    [Fact]
    public async Task Predict_formula_writes_a_file_per_candidate_and_lists_them()
    {
        ProgramRun run = await Predict("NaCl", "--format", "cif,poscar,extxyz,json", "--keep-all");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        string results = folder["out/NaCl"];
        PublishedSchemas.AssertValidFile(DocumentSchema.Candidates, Path.Combine(results, "candidates.json"));
        JsonElement document = JsonDocument
            .Parse(File.ReadAllText(Path.Combine(results, "candidates.json")))
            .RootElement;
        JsonElement[] candidates = [.. document.GetProperty("candidates").EnumerateArray()];
        Assert.Equal(Samples, candidates.Length);
        Assert.Equal(
            Enumerable.Range(1, Samples),
            candidates.Select(candidate => candidate.GetProperty("rank").GetInt32())
        );
        foreach (JsonElement candidate in candidates)
        {
            Assert.Equal(4, candidate.GetProperty("files").GetArrayLength());
            foreach (JsonElement file in candidate.GetProperty("files").EnumerateArray())
            {
                Structure structure = StructureFile.ReadSingle(Path.Combine(results, file.GetString()!)).Structure;
                Assert.Equal("NaCl", structure.Composition.ReducedFormula);
            }
        }

        Assert.Equal(Samples, StructureFile.Read(Path.Combine(results, "candidates.extxyz")).Count);
        Assert.Contains($"NaCl: {Samples} candidates", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_same_seed_gives_the_same_files_also_beside_another_formula()
    {
        await Predict("NaCl");
        Dictionary<string, string> first = Contents("out/NaCl");
        await Predict("NaCl", "MgO");
        Assert.Equal(first, Contents("out/NaCl"));
        await Predict("NaCl", "--seed", "2");
        Assert.NotEqual(first, Contents("out/NaCl"));
    }

    [Fact]
    public async Task Predict_with_z_samples_exactly_these_cells()
    {
        ProgramRun run = await Predict("NaCl", "--z", "2,3", "--json");
        JsonElement[] candidates =
        [
            .. JsonDocument
                .Parse(run.Output)
                .RootElement.GetProperty("predictions")[0]
                .GetProperty("candidates")
                .EnumerateArray(),
        ];
        Assert.Equal(
            ["Na2Cl2", "Na3Cl3"],
            candidates.Select(c => c.GetProperty("composition").GetString()).Distinct().Order()
        );
    }

    [Fact]
    public async Task Predict_formula_that_is_not_reduced_is_the_whole_cell()
    {
        ProgramRun run = await Predict("Na4Cl4", "--json");
        JsonElement document = JsonDocument.Parse(run.Output).RootElement.GetProperty("predictions")[0];
        Assert.All(
            document.GetProperty("candidates").EnumerateArray(),
            candidate => Assert.Equal(4, candidate.GetProperty("formula_units").GetInt32())
        );
    }

    [Fact]
    public async Task Predict_trajectory_writes_frames_of_every_candidate()
    {
        await Predict("MgO", "--trajectory", "--keep-all");
        string[] files = Directory.GetFiles(folder["out/MgO"], "*_trajectory.extxyz");
        Assert.Equal(Samples, files.Length);
        Assert.All(files, file => Assert.True(StructureFile.Read(file).Count > 1));
    }

    [Fact]
    public async Task Predict_formulas_from_a_file_takes_atom_counts()
    {
        File.WriteAllText(folder["formulas.txt"], "# wanted\nNaCl 8\n\nMgO\n");
        ProgramRun run = await Predict("--from", folder["formulas.txt"], "--json");
        JsonElement documents = JsonDocument.Parse(run.Output).RootElement.GetProperty("predictions");
        Assert.Equal(2, documents.GetArrayLength());
        Assert.Equal("Na4Cl4", documents[0].GetProperty("candidates")[0].GetProperty("composition").GetString());
    }

    [Fact]
    public async Task Predict_of_a_list_does_a_repeated_formula_once_and_says_so()
    {
        await File.WriteAllTextAsync(
            folder["twice.txt"],
            "NaCl\n# remark\nClNa\n",
            TestContext.Current.CancellationToken
        );
        ProgramRun run = await Predict("--from", folder["twice.txt"], "--json");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("twice.txt:3: ClNa is", run.Error, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(1, document.RootElement.GetProperty("predictions").GetArrayLength());
    }

    [Fact]
    public async Task Predict_of_a_list_names_the_line_of_what_is_no_formula()
    {
        await File.WriteAllTextAsync(folder["bad.txt"], "NaCl\nnacl\n", TestContext.Current.CancellationToken);
        ProgramRun run = await Predict("--from", folder["bad.txt"]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("bad.txt:2: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean NaCl?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_says_which_cells_are_too_large_and_how_to_ask_for_them()
    {
        ProgramRun run = await Predict("NaCl", "--max-atoms", "4");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("Z = 4 (8 atoms)", run.Error, StringComparison.Ordinal);
        Assert.Contains("--max-atoms is 4; raise it to", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unknown element 'Xx'", "Xx2O")]
    [InlineData("closes no bracket", "NaCl)")]
    [InlineData("count 0", "NaCl0")]
    [InlineData("fractional count", "Fe0.5O")]
    [InlineData("more than --max-atoms", "C60H61")]
    [InlineData("Unknown format 'foo'", "NaCl", "--format", "foo")]
    [InlineData("--z has '0'", "NaCl", "--z", "0,1")]
    [InlineData("noise levels", "NaCl", "--steps", "100000")]
    [InlineData("There is no formula")]
    public async Task Predict_bad_input_is_refused_and_nothing_is_written(string part, params string[] arguments)
    {
        string[] steps = arguments.Contains("--steps") ? [] : ["--steps", "4"];
        ProgramRun run = await ProgramRun.Of([
            "predict",
            "--candidates=generated",
            .. arguments,
            "--model",
            Model,
            "--out",
            folder["out"],
            .. steps,
        ]);
        run.AssertRefused(part);
        Assert.False(Directory.Exists(folder["out"]) && Directory.EnumerateFileSystemEntries(folder["out"]).Any());
    }

    [Fact]
    public async Task Pack_halves_a_model_that_predicts_as_before()
    {
        ProgramRun run = await ProgramRun.Of("models", "pack", Model, folder["packed.safetensors"]);
        run.AssertSuccess();
        Assert.True(new FileInfo(folder["packed.safetensors"]).Length < 0.9 * new FileInfo(Model).Length);
        ProgramRun prediction = await ProgramRun.Of(
            "predict",
            "NaCl",
            "--candidates=generated",
            "--model",
            folder["packed.safetensors"],
            "--samples",
            "1",
            "--steps",
            "4",
            "--out",
            folder["out"]
        );
        Assert.Equal(ExitCode.Success, prediction.ExitCode);
    }

    [Fact]
    public async Task Predict_more_samples_than_a_number_can_be_is_told_the_range()
    {
        ProgramRun run = await ProgramRun.Of("predict", "NaCl", "--samples", "99999999999");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(
            "--samples is '99999999999'; expected a whole number from 1 to 100000.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Predict_on_a_device_that_is_absent_says_what_to_do()
    {
        Assert.SkipWhen(TorchSharp.torch.cuda.is_available(), "This machine has a CUDA device.");
        (await Predict("NaCl", "--device", "cuda")).AssertRefused("no CUDA device can be used");
    }

    [Fact]
    public async Task Predict_with_a_truncated_model_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(Model);
        File.WriteAllBytes(folder["cut.safetensors"], bytes[..(bytes.Length / 2)]);
        ProgramRun run = await ProgramRun.Of(
            "predict",
            "NaCl",
            "--candidates=generated",
            "--model",
            folder["cut.safetensors"],
            "--out",
            folder["out"]
        );
        run.AssertRefused("cut off");
    }

    [Fact]
    public async Task Predict_into_a_folder_of_other_files_is_refused()
    {
        Directory.CreateDirectory(folder["out/NaCl"]);
        File.WriteAllText(folder["out/NaCl/thesis.tex"], "");
        ProgramRun run = await Predict("NaCl");
        run.AssertRefused("holds other files");
        Assert.True(File.Exists(folder["out/NaCl/thesis.tex"]));
    }

    [Fact]
    public async Task Train_data_without_a_usable_crystal_says_what_was_skipped()
    {
        File.WriteAllText(folder["bad.jsonl"], "{}\nnonsense\n");
        ProgramRun run = await ProgramRun.Of(
            "train",
            "generator",
            "--data",
            folder["bad.jsonl"],
            "--recipe",
            "tiny",
            "--out",
            folder["run2"]
        );
        run.AssertRefused("No crystal of");
        Assert.False(Directory.Exists(folder["run2"]));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<ProgramRun> Predict(params string[] arguments) =>
        ProgramRun.Of([
            "predict",
            "--candidates=generated",
            .. arguments,
            "--model",
            Model,
            "--samples",
            $"{Samples}",
            "--steps",
            "20",
            "--out",
            folder["out"],
        ]);

    private Dictionary<string, string> Contents(string path) =>
        Directory.GetFiles(folder[path]).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
