using System.Globalization;
using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Evaluation;
using Kagome.Formats;
using Kagome.Formats.Text;
using Kagome.Models;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Tests;
using Kagome.Training.Recipes;

namespace Kagome.Cli.Tests;

/// <summary>That each option reaches the work that it is an option of: what was done is read from what was written.</summary>
public sealed class OptionWiringTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private static readonly string[] Sampling =
    [
        "--steps=7",
        "--corrector-every=3",
        "--corrector-step=3e-6",
        "--lattice-update=deterministic",
        "--temperature=0.7",
        "--second-order",
        "--precision=float32",
    ];

    private static readonly SamplerOptions Sampler = new()
    {
        Steps = 7,
        CorrectorInterval = 3,
        CorrectorStepSize = 3e-6,
        LatticeUpdate = LatticeUpdate.Deterministic,
        Temperature = 0.7,
        SecondOrder = true,
        Precision = ProductPrecision.Full,
    };

    private static readonly CrystalRecord[] Validation =
    [
        .. TestCrystals.Series(2).Select(record => record with { Split = "val" }),
    ];

    private readonly TemporaryFolder folder = new();

    private string Generator => models.PathOf("kagome-g");

    private string Predictor => models.PathOf("kagome-p");

    [Fact]
    public async Task Predict_does_as_its_options_say()
    {
        string[] guidance = ["--guidance-coordinates=2", "--guidance-lattice=3", "--relax", "--relax-iterations=4"];
        PredictionOrigin origin = await Predict(
            "MgO",
            [.. Sampling, .. guidance, "--predictor", Predictor, "--samples=6", "--z=2", "--seed=5", "--symprec=0.2"]
        );
        Assert.Equal(Sampler, origin.Sampler);
        Assert.Equal((5, 0.2, 4), (origin.Seed, origin.Symprec, origin.RelaxIterations));
        Assert.Equal((2, 3), (origin.CoordinateGuidance, origin.LatticeGuidance));
        Assert.Equal(("kagome-g", "kagome-p"), (origin.Model, origin.Predictor));
        JsonElement[] candidates = Candidates("MgO");
        Assert.Equal(6, candidates.Length);
        Assert.All(candidates, candidate => Assert.Equal(2, candidate.GetProperty("formula_units").GetInt32()));
    }

    [Fact]
    public async Task Predict_without_options_does_as_its_help_says()
    {
        PredictionOrigin origin = await Predict("MgO", ["--predictor", "none", "--steps=4", "--max-atoms=2"]);
        Assert.Equal(new SamplerOptions { Steps = 4, Temperature = 0.5 }, origin.Sampler);
        Assert.Equal((1, 0.1, 0, null), (origin.Seed, origin.Symprec, origin.RelaxIterations, origin.Predictor));
        Assert.Equal((0, 0), (origin.CoordinateGuidance, origin.LatticeGuidance));
        JsonElement[] candidates = Candidates("MgO");
        Assert.Equal(20, candidates.Length);
        Assert.All(candidates, candidate => Assert.Equal(1, candidate.GetProperty("formula_units").GetInt32()));
    }

    [Fact]
    public async Task Predict_one_weight_of_guidance_is_for_both()
    {
        PredictionOrigin origin = await Predict("MgO", ["--predictor", Predictor, "--steps=4", "--guidance=2"]);
        Assert.Equal((2, 2), (origin.CoordinateGuidance, origin.LatticeGuidance));
    }

    [Fact]
    public async Task Evaluate_does_as_its_options_say()
    {
        DataSet.Write(
            folder["known.jsonl"],
            [.. TestCrystals.Series(4).Select((record, at) => record with { Split = at == 0 ? "train" : "val" })]
        );
        string[] asked = ["--split=val", "--limit=2", "--samples=3", "--seed=5", "--out", folder["out"]];
        string[] guidance = ["--predictor", Predictor, "--guidance-coordinates=2", "--guidance-lattice=3"];
        ProgramRun run = await ProgramRun.Of([
            "evaluate",
            "--data",
            folder["known.jsonl"],
            "--model",
            Generator,
            .. asked,
            .. guidance,
            .. Sampling,
        ]);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        EvaluationOrigin origin = JsonText.Parse<EvaluationOrigin>(File.ReadAllText(folder["out/settings.json"]));
        Assert.Equal(("val", 2, 3, 5), (origin.Split, origin.Limit, origin.Samples, origin.Seed));
        Assert.Equal(("kagome-g", "known.jsonl", 7), (origin.Model, origin.Data, origin.Steps));
        Assert.Equal(6, File.ReadAllLines(folder["out/results.jsonl"]).Length);
        Assert.Equal(
            JsonText.Element(Sampler).EnumerateObject().Select(option => $"{option.Name} {option.Value}").Order(),
            origin
                .Sampler.Where(option =>
                    !option.Key.StartsWith("guidance", StringComparison.Ordinal) && option.Key != "predictor_sha256"
                )
                .Select(option => $"{option.Key} {option.Value}")
                .Order()
        );
        Assert.Equal(("2", "3"), (origin.Sampler["guidance_coordinates"], origin.Sampler["guidance_lattice"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public async Task Relax_makes_as_many_steps_as_it_is_asked_for(int iterations)
    {
        DataSet.Write(folder["known.jsonl"], [new CrystalRecord("skewed", TestCrystals.Skewed)]);
        string[] options = ["--model", Predictor, "--iterations", $"{iterations}", "--out", folder["out"], "--json"];
        ProgramRun run = await ProgramRun.Of(["relax", "--data", folder["known.jsonl"], .. options]);
        run.AssertSuccess();
        JsonElement document = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(iterations, document.GetProperty("settings").GetProperty("iterations").GetInt32());
        int made = document.GetProperty("crystals")[0].GetProperty("iterations").GetInt32();
        Assert.InRange(made, iterations == 1 ? 1 : 6, iterations); // 5 without the option
    }

    [Theory]
    [InlineData("generator", "tiny")]
    [InlineData("predictor", "tiny-predictor")]
    public async Task Train_does_as_its_options_say(string kind, string recipe)
    {
        DataSet.Write(folder["data.jsonl"], [.. TestCrystals.Series(6)]);
        DataSet.Write(folder["val.jsonl"], Validation);
        File.Move(folder["data.jsonl"], folder["data.txt"]);
        File.Move(folder["val.jsonl"], folder["val.txt"]);
        string[] data = ["--data", folder["data.txt"], "--from=jsonl"];
        string[] train = ["train", kind, "--recipe", recipe, .. data, "--steps=3"];
        await Succeed([.. train, "--out", folder["first"], "--seed=6"]);
        string[] more = ["--validation", folder["val.txt"], "--init", folder["first/model.safetensors"]];
        ProgramRun run = await Succeed([.. train, .. more, "--out", folder["second"], "--seed=5"]);
        Assert.Contains("6 crystals to learn from, 2 to validate on", run.Error, StringComparison.Ordinal);
        Recipe done = RecipeFile.Read(folder["second/recipe.toml"]);
        Assert.Equal((recipe, 5, 3), (done.Name, done.Seed, done.Run.Steps));
        using Checkpoint model = CheckpointFile.Load(folder["second/model.safetensors"]);
        Assert.Equal((5, 3), (model.Provenance.Seed, model.Provenance.Step));
        Assert.Equal(kind, $"{model.Provenance.Kind}", ignoreCase: true);
        string first = CheckpointFile.Verify(folder["first/model.safetensors"]);
        Assert.Equal($"{recipe}, sha256 {first}", model.Provenance.InitialModel);
    }

    [Fact]
    public async Task Train_property_does_as_its_options_say()
    {
        File.WriteAllLines(folder["data.txt"], Enumerable.Range(3, 30).Select(Salt));
        await Succeed([
            "train",
            "property",
            "--data",
            folder["data.txt"],
            "--from=jsonl",
            "--recipe=tiny-predictor",
            "--init",
            Predictor,
            "--label=size",
            "--unit=furlong",
            "--log",
            "--above=5.5",
            "--folds=3",
            "--trainable-blocks=1",
            "--steps=2",
            "--seed=77",
            "--out",
            folder["out"],
        ]);
        using Checkpoint model = CheckpointFile.Load(folder["out/model.safetensors"]);
        PropertyEnsemble ensemble = model.Ensemble!;
        Assert.Equal(
            ("size", "furlong", LabelTransform.Log, 3),
            (ensemble.Label, ensemble.Unit, ensemble.Transform, ensemble.FoldCount)
        );
        Assert.Equal((77, 2), (model.Provenance.Seed, model.Provenance.Step));
        Assert.Equal(27, model.Provenance.ElementsSeen[17]); // of 30, those above 5.5
        Assert.Contains(model.Weights.Keys, name => name.StartsWith("folds.2.blocks.1.", StringComparison.Ordinal));
        Assert.DoesNotContain(model.Weights.Keys, name => name.Contains("folds.0.blocks.0.", StringComparison.Ordinal));
        using Checkpoint fold = CheckpointFile.Load(folder["out/fold-1/model.safetensors"]);
        Assert.StartsWith("kagome-p, sha256 ", fold.Provenance.InitialModel!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pretrain_does_as_its_options_say()
    {
        string recipe = PretrainTests.Recipe.Replace("leaves_out_duplicates = false", "", StringComparison.Ordinal);
        IStructureFormat lines = StructureFormats.ByName("jsonl"); // names tell no format
        CrystalRecord other = new("other", TestCrystals.Skewed);
        StructureFile.Write(folder["data.txt"], lines, [.. TestCrystals.Series(3), other]);
        StructureFile.Write(folder["val.txt"], lines, Validation);
        StructureFile.Write(folder["held.txt"], lines, [other]);
        StructureFile.Write(folder["tune.txt"], lines, [.. TestCrystals.Series(5)]);
        ProgramRun run = await Succeed([
            "pretrain",
            "--recipe",
            folder.Write("small.toml", $"{recipe}\n[fine_tuning]\nsteps = 2\n"),
            "--data",
            folder["data.txt"],
            "--validation",
            folder["val.txt"],
            "--held-out",
            folder["held.txt"],
            "--fine-tune-data",
            folder["tune.txt"],
            "--from=jsonl",
            "--seed=5",
            "--out",
            folder["out"],
            "--json",
        ]);
        Dictionary<string, JsonElement> reports = JsonDocument
            .Parse(run.Output)
            .RootElement.GetProperty("stages")
            .EnumerateArray()
            .ToDictionary(report => report.GetProperty("stage").GetString()!);
        double Figure(string stage, string name) => reports[stage].GetProperty("figures").GetProperty(name).GetDouble();
        Assert.Equal((1, 1), (Figure("data", "crystals"), Figure("data", "left out: held out")));
        Assert.Equal((1, 5), (Figure("stage-one", "crystals"), Figure("fine-tuning", "crystals")));
        foreach (string stage in new[] { "stage-one", "predictor", "stage-two", "fine-tuning" })
        {
            Assert.True(reports[stage].GetProperty("inputs").TryGetProperty($"validation {folder["val.txt"]}", out _));
            Assert.Equal(5, RecipeFile.Read(folder[$"out/{stage}/recipe.toml"]).Seed);
        }
    }

    public void Dispose() => folder.Dispose();

    private static async Task<ProgramRun> Succeed(string[] arguments)
    {
        ProgramRun run = await ProgramRun.Of(arguments);
        Assert.True(run.ExitCode == ExitCode.Success, run.Error);
        return run;
    }

    private async Task<PredictionOrigin> Predict(string formula, string[] options)
    {
        await Succeed([
            "predict",
            formula,
            "--candidates=generated",
            "--model",
            Generator,
            "--out",
            folder["out"],
            .. options,
        ]);
        return JsonText.Parse<PredictionOrigin>(Document(formula).GetProperty("origin").GetRawText());
    }

    private JsonElement Document(string formula) =>
        JsonDocument.Parse(File.ReadAllText(folder[$"out/{formula}/candidates.json"])).RootElement;

    private JsonElement[] Candidates(string formula) =>
        [.. Document(formula).GetProperty("candidates").EnumerateArray()];

    /// <summary>Caesium chloride's structure with an element in caesium's place; its size is its number.</summary>
    private static string Salt(int atomicNumber) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"id":"salt-{{atomicNumber}}","cell":[4,4,4,90,90,90],"z":[{{(atomicNumber == 17 ? 35 : atomicNumber)}},17],"frac":[[0,0,0],[0.5,0.5,0.5]],"size":{{atomicNumber}}}"""
        );
}
