using System.Text.Json;
using Kagome.Cli.Tests.Schemas;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Tests;

namespace Kagome.Cli.Tests;

/// <summary>kagome evaluate as a user meets it, with a model that has learned nothing.</summary>
public sealed class EvaluateTests : IClassFixture<TinyModels>, IDisposable
{
    private const int CrystalCount = 6;

    private readonly TemporaryFolder folder = new();
    private readonly string model;

    public EvaluateTests(TinyModels models)
    {
        model = models.PathOf("kagome-g");
        DataSet.Write(folder["perov5.jsonl"], [.. Enumerable.Range(0, CrystalCount).Select(Crystal)]);
    }

    [Fact]
    public async Task Evaluate_prints_figures_and_writes_scores_report_and_plots()
    {
        ProgramRun run = await Evaluate("out", "--samples", "2");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("at 1, valid only", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Report: {folder["out/report.md"]}", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("warning: of 6 crystals, 3 hold an element", run.Error, StringComparison.Ordinal);
        Assert.Equal(2 * CrystalCount, File.ReadAllLines(folder["out/results.jsonl"]).Length);
        string report = File.ReadAllText(folder["out/report.md"]);
        Assert.Contains("| DiffCSP (2023) | 52.02", report, StringComparison.Ordinal);
        Assert.True(new FileInfo(folder["out/match-rate-by-size.png"]).Length > 0);
    }

    [Fact]
    public async Task Evaluate_resumed_prints_the_summary_as_JSON()
    {
        await Evaluate("out");
        File.Delete(folder["out/summary.json"]);
        ProgramRun run = await Evaluate("out", "--resume", "--json");
        Assert.Equal(File.ReadAllText(folder["out/summary.json"]).TrimEnd(), run.Output.TrimEnd());
        PublishedSchemas.AssertValidFile(DocumentSchema.EvaluationSettings, folder["out/settings.json"]);
        PublishedSchemas.AssertValidLines(
            DocumentSchema.EvaluationResult,
            File.ReadAllText(folder["out/results.jsonl"])
        );
    }

    [Theory]
    [InlineData(
        "--with-space-group is for known structure types, alone or beside the generator, and --candidates is generated; expected --candidates prototypes or both.",
        "--data=perov5.jsonl"
    )]
    [InlineData("and --predictions (theirs) are there already", "--data=perov5.jsonl", "--predictions=theirs")]
    [InlineData(
        "and --predictions (theirs) are there already",
        "--data=perov5.jsonl",
        "--predictions=theirs",
        "--candidates=both"
    )]
    public async Task Evaluate_with_space_group_where_nothing_can_be_asked_for_it_is_refused(
        string part,
        params string[] args
    ) => (await ProgramRun.Of(["evaluate", "--with-space-group", .. args])).AssertRefused(part);

    [Fact]
    public async Task Compare_with_space_group_is_refused()
    {
        ProgramRun run = await ProgramRun.Of("evaluate", "--with-space-group", "--compare", folder["out"]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("--compare asks for no structures. Leave it out.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_of_a_summary_of_another_version_is_refused()
    {
        await Evaluate("out");
        string summary = File.ReadAllText(folder["out/summary.json"]);
        Assert.StartsWith("{\n  \"schema_version\": 1,", summary, StringComparison.Ordinal);
        folder.Write("out/summary.json", summary.Replace("_version\": 1,", "_version\": 2,", StringComparison.Ordinal));
        ProgramRun run = await ProgramRun.Of("evaluate", "--compare", folder["out"], "--out", folder["both"]);
        run.AssertRefused("Its schema_version is 2; this program reads version 1.");
    }

    [Fact]
    public async Task Evaluate_predictions_warns_of_what_is_missing_and_left_over()
    {
        DataSet.Write(folder["theirs.jsonl"], [Crystal(0), Crystal(1) with { Id = "other" }]);
        ProgramRun run = await ProgramRun.Of(
            "evaluate",
            "--data",
            folder["perov5.jsonl"],
            "--predictions",
            folder["theirs.jsonl"],
            "--out",
            folder["out"]
        );
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(
            [
                "warning: 5 of 6 crystals have no prediction and count as failures.",
                "warning: 1 structures are named after no crystal that is scored, and are left out.",
            ],
            ProgramRun.Lines(run.Error)
        );
        Assert.StartsWith("theirs.jsonl on perov5.jsonl, test: 6 of 6", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_puts_finished_evaluations_side_by_side()
    {
        await Evaluate("few");
        await Evaluate("many", "--steps", "8");
        string[] compare = ["evaluate", "--compare", folder["few"], folder["many"], "--out", folder["both"]];
        ProgramRun run = await ProgramRun.Of(compare);
        run.AssertSuccess();
        Assert.Contains("less few", run.Output, StringComparison.Ordinal);
        Assert.Contains($"Page: {folder["both/comparison.md"]}", run.Output, StringComparison.Ordinal);
        Assert.Contains("| few |", File.ReadAllText(folder["both/comparison.md"]), StringComparison.Ordinal);
        Assert.True(new FileInfo(folder["both/match-rate-by-steps.png"]).Length > 0);
        ProgramRun json = await ProgramRun.Of([.. compare, "--json"]);
        Assert.Equal(2, JsonDocument.Parse(json.Output).RootElement.GetProperty("evaluations").GetArrayLength());
    }

    [Theory]
    [InlineData("it has test (6). Choose with --split, or take all with --split all", "--split", "val")]
    [InlineData("--samples is '0'; expected a whole number from 1 to 1000.", "--samples", "0")]
    [InlineData("--limit is '-1'", "--limit", "-1")]
    [InlineData("--steps is 21; expected at most 20, the noise levels of kagome-g", "--steps", "21")]
    [InlineData("--temperature is '0'; expected a number from 0.001 to 10", "--temperature", "0")]
    [InlineData("Unknown model 'none'", "--model", "none")]
    [InlineData("no such file or folder", "--predictions", "nowhere.extxyz")]
    public async Task Evaluate_bad_input_is_refused_and_nothing_is_written(string part, params string[] arguments)
    {
        ProgramRun run = await Evaluate("out", arguments);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("there is no such file or folder", "--data", "nowhere.jsonl")]
    [InlineData("Give either --data")]
    [InlineData("not both", "--data", "x.jsonl", "--model", "kagome-g", "--predictions", "y")]
    [InlineData("nowhere holds no finished evaluation (summary.json is missing)", "--compare", "nowhere")]
    public async Task Evaluate_of_nothing_is_refused(string part, params string[] arguments)
    {
        ProgramRun run = await ProgramRun.Of(["evaluate", .. arguments]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_into_the_folder_of_another_evaluation_is_refused()
    {
        await Evaluate("out");
        AssertRefused("Go on with --resume, or choose another folder with --out.", await Evaluate("out"));
        AssertRefused("kagome: --resume: seed is 2, and", await Evaluate("out", "--resume", "--seed", "2"));
    }

    [Fact]
    public async Task Evaluate_whose_folder_takes_no_more_says_so_in_a_line()
    {
        await Evaluate("out");
        File.WriteAllText(folder["out/results.jsonl"], "");
        File.Delete(folder["out/timing.json"]);
        Directory.CreateDirectory(folder["out/timing.json"]);
        ProgramRun run = await Evaluate("out", "--resume");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.DoesNotContain("should not happen", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.FileNames, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Caesium chloride and titania in turn, all of the test split.</summary>
    private static CrystalRecord Crystal(int at)
    {
        Structure chloride = new(
            Lattice.Cubic(3.9 + (0.05 * at)),
            [
                new Site(Element.FromSymbol("Cs"), default),
                new Site(Element.FromSymbol("Cl"), new Fractional(0.5, 0.5, 0.5)),
            ]
        );
        return new CrystalRecord($"crystal-{at}", at % 2 == 0 ? chloride : TestCrystals.Skewed) { Split = "test" };
    }

    private static void AssertRefused(string part, ProgramRun run)
    {
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(part, ProgramRun.Lines(run.Error)[^1], StringComparison.Ordinal);
    }

    private Task<ProgramRun> Evaluate(string output, params string[] arguments)
    {
        string[] scored =
            arguments.Contains("--model") || arguments.Contains("--predictions") ? [] : ["--model", model];
        string[] steps = arguments.Contains("--steps") ? [] : ["--steps", "4"];
        return ProgramRun.Of([
            "evaluate",
            "--data",
            folder["perov5.jsonl"],
            "--out",
            folder[output],
            .. scored,
            .. steps,
            .. arguments,
        ]);
    }
}
