using System.Text.Json;
using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Evaluation;

/// <summary>kagome evaluate on structures that another program made.</summary>
public sealed class EvaluatePredictionsTests : IDisposable
{
    private const int CrystalCount = 6;
    private const double Tolerance = 1e-9;

    private readonly TemporaryFolder folder = new();
    private readonly CrystalRecord[] crystals = EvaluatedCrystals.Series(CrystalCount);

    public EvaluatePredictionsTests() => DataSet.Write(folder["data.jsonl"], crystals);

    [Fact]
    public async Task Evaluate_the_references_themselves_is_perfect()
    {
        DataSet.Write(folder["same.extxyz"], crystals);
        ProgramRun run = await Evaluate("same.extxyz");
        run.AssertSuccess();
        JsonElement all = Summary().GetProperty("overall");
        Assert.Equal(1, Rate(all, "at_one"), Tolerance);
        Assert.Equal(0, all.GetProperty("at_one").GetProperty("rmse").GetProperty("value").GetDouble(), 1e-4);
    }

    [Fact]
    public async Task Evaluate_folder_takes_files_by_their_names_and_counts_the_missing_as_failures()
    {
        Directory.CreateDirectory(folder["theirs"]);
        Write("crystal-0.cif", crystals[0].Structure);
        Write("crystal-2_1.cif", EvaluatedCrystals.Chloride(4, 0.2)); // off
        Write("crystal-2_2.cif", crystals[2].Structure);
        Write("other.cif", crystals[1].Structure);
        ProgramRun run = await Evaluate("theirs");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("4 of 6 crystals have no prediction", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 structures are named after no crystal", run.Error, StringComparison.Ordinal);
        JsonElement summary = Summary();
        Assert.Equal(2, summary.GetProperty("origin").GetProperty("samples").GetInt32());
        Assert.Equal(4, summary.GetProperty("without_structure").GetInt32());
        Assert.Equal(2.0 / CrystalCount, Rate(summary.GetProperty("overall"), "at_k"), Tolerance);
        Assert.Equal(7, File.ReadAllLines(folder["out/results.jsonl"]).Length); // one of each, and a second one
    }

    [Fact]
    public async Task Evaluate_what_evaluate_wrote_gives_the_same_rates()
    {
        DataSet.Write(
            folder["made.jsonl"],
            [.. crystals.Where((_, at) => at != 1).Select(record => record with { Split = null })]
        );
        await Evaluate("made.jsonl");
        double first = Rate(Summary().GetProperty("overall"), "at_one");
        File.Move(folder["out/structures.jsonl"], folder["again.jsonl"]);
        Directory.Delete(folder["out"], recursive: true);
        await Evaluate("again.jsonl");
        Assert.Equal(5.0 / CrystalCount, first, Tolerance);
        Assert.Equal(first, Rate(Summary().GetProperty("overall"), "at_one"), Tolerance);
    }

    [Fact]
    public async Task Evaluate_with_other_predictions_is_not_resumed()
    {
        DataSet.Write(folder["same.extxyz"], crystals);
        await Evaluate("same.extxyz");
        DataSet.Write(folder["same.extxyz"], crystals[1..]);
        ProgramRun run = await Evaluate("same.extxyz", "--resume");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("predictions_fingerprint is", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_predictions_of_other_names_is_refused()
    {
        DataSet.Write(folder["theirs.jsonl"], [new CrystalRecord("mp-1", crystals[0].Structure)]);
        (await Evaluate("theirs.jsonl")).AssertRefused("none is named after a crystal of the data, such as crystal-0");
        Assert.False(Directory.Exists(folder["out"]));
    }

    public void Dispose() => folder.Dispose();

    private static double Rate(JsonElement metrics, string name) =>
        metrics.GetProperty(name).GetProperty("rate").GetProperty("value").GetDouble();

    private void Write(string name, Structure structure) =>
        StructureFile.Write(folder[Path.Combine("theirs", name)], new CrystalRecord("x", structure));

    private Task<ProgramRun> Evaluate(string predictions, params string[] more) =>
        ProgramRun.Of([
            "evaluate",
            "--data",
            folder["data.jsonl"],
            "--predictions",
            folder[predictions],
            "--out",
            folder["out"],
            .. more,
        ]);

    private JsonElement Summary() => JsonDocument.Parse(File.ReadAllText(folder["out/summary.json"])).RootElement;
}
