using System.Text.Json;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Evaluation;

/// <summary>kagome evaluate as a user meets it, with a model of seconds.</summary>
public sealed class EvaluateTests : IAsyncLifetime
{
    private const int CrystalCount = 12;

    private readonly TemporaryFolder folder = new();

    private string Data => folder["perov5.jsonl"];

    private string Model => folder["run/model.safetensors"];

    public async ValueTask InitializeAsync()
    {
        DataSet.Write(Data, EvaluatedCrystals.Series(CrystalCount));
        DataSet.Write(
            folder["train.jsonl"],
            [.. EvaluatedCrystals.Series(CrystalCount).Select(r => r with { Split = null })]
        );
        ProgramRun run = await ProgramRun.Of(
            "train",
            "generator",
            "--data",
            folder["train.jsonl"],
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
    public async Task Evaluate_writes_scores_structures_summary_report_and_plots()
    {
        ProgramRun run = await Evaluate("out", "--samples", "2");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("at 1, valid only", run.Output, StringComparison.Ordinal);
        Assert.Equal(2 * CrystalCount, Lines("out/results.jsonl").Length);
        Assert.Equal(1 + (2 * CrystalCount), Lines("out/results.csv").Length);
        Assert.StartsWith("id,sample,formula,atoms", Lines("out/results.csv")[0], StringComparison.Ordinal);
        Assert.All(
            StructureFile.Read(folder["out/structures.jsonl"]),
            record => Assert.True(record.Structure.AtomCount is 2 or 3)
        );
        JsonElement summary = Summary("out");
        Assert.Equal(CrystalCount, summary.GetProperty("overall").GetProperty("crystals").GetInt32());
        Assert.Equal("perov-5", summary.GetProperty("benchmark").GetString());
        Assert.True(summary.GetProperty("seconds_sampling").GetDouble() > 0);
        Assert.Contains(
            "| DiffCSP (2023) | 52.02",
            File.ReadAllText(folder["out/report.md"]),
            StringComparison.Ordinal
        );
        Assert.True(new FileInfo(folder["out/match-rate-by-size.png"]).Length > 0);
        Assert.True(new FileInfo(folder["out/density-parity.svg"]).Length > 0);
    }

    [Fact]
    public async Task Evaluate_stopped_at_any_line_and_resumed_gives_what_an_uninterrupted_run_gives()
    {
        await Evaluate("whole", "--samples", "2");
        string[] results = Lines("whole/results.jsonl");
        foreach (int kept in new[] { 0, 1, results.Length / 2, results.Length - 1 })
        {
            CopyCutOff("whole", $"cut-{kept}", kept);
            ProgramRun run = await Evaluate($"cut-{kept}", "--samples", "2", "--resume");
            Assert.Equal(ExitCode.Success, run.ExitCode);
            AssertSame("whole", $"cut-{kept}");
        }
    }

    [Fact]
    public async Task Evaluate_first_samples_do_not_depend_on_how_many_are_asked_for()
    {
        await Evaluate("one");
        await Evaluate("two", "--samples", "2");
        Assert.Equal(
            Lines("one/results.jsonl"),
            Lines("two/results.jsonl").Where(line => line.Contains("\"sample\":1", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Evaluate_limit_takes_crystals_that_a_larger_limit_takes_too()
    {
        await Evaluate("three", "--limit", "3");
        await Evaluate("six", "--limit", "6", "--seed", "2");
        Assert.Equal(3, Ids("three").Length);
        Assert.Subset(Ids("six").ToHashSet(), Ids("three").ToHashSet());
        Assert.Equal(CrystalCount, Summary("three").GetProperty("crystals_in_split").GetInt32());
    }

    [Fact]
    public async Task Evaluate_json_prints_the_summary()
    {
        ProgramRun run = await Evaluate("out", "--json");
        Assert.Equal(
            JsonSerializer.Serialize(Summary("out")),
            JsonSerializer.Serialize(JsonDocument.Parse(run.Output).RootElement)
        );
    }

    [Fact]
    public async Task Compare_puts_finished_evaluations_side_by_side()
    {
        await Evaluate("few");
        await Evaluate("many", "--steps", "8");
        ProgramRun run = await ProgramRun.Of(
            "evaluate",
            "--compare",
            folder["few"],
            folder["many"],
            "--out",
            folder["both"]
        );
        run.AssertSuccess();
        string page = File.ReadAllText(folder["both/comparison.md"]);
        Assert.Contains("| few |", page, StringComparison.Ordinal);
        Assert.Contains("less few", page, StringComparison.Ordinal);
        Assert.Contains("less few", run.Output, StringComparison.Ordinal);
        Assert.True(new FileInfo(folder["both/match-rate-by-steps.png"]).Length > 0);
    }

    [Theory]
    [InlineData("has no crystal of the val split; it has test (12)", "--split", "val")]
    [InlineData("--samples is '0'; expected a whole number above 0", "--samples", "0")]
    [InlineData("--limit is '-1'", "--limit", "-1")]
    [InlineData("noise levels", "--steps", "100000")]
    [InlineData("--temperature is '0'; expected a number above 0", "--temperature", "0")]
    [InlineData("Unknown model 'none'", "--model", "none")]
    [InlineData("no such file or folder", "--predictions", "nowhere.extxyz")]
    public async Task Evaluate_bad_input_is_refused_and_nothing_is_written(string part, params string[] arguments)
    {
        string[] model = arguments.Contains("--model") || arguments.Contains("--predictions") ? [] : ["--model", Model];
        string[] steps = arguments.Contains("--steps") ? [] : ["--steps", "4"];
        ProgramRun run = await ProgramRun.Of([
            "evaluate",
            "--data",
            Data,
            "--out",
            folder["out"],
            .. model,
            .. steps,
            .. arguments,
        ]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("there is no such file or folder", "--data", "nowhere.jsonl")]
    [InlineData("Give either --data")]
    [InlineData("not both", "--data", "x.jsonl", "--model", "kagome-g", "--predictions", "y")]
    [InlineData("holds no finished evaluation", "--compare", "nowhere")]
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
        (await Evaluate("out")).AssertRefused("holds an evaluation already. Go on with --resume");
        (await Evaluate("out", "--resume", "--seed", "2")).AssertRefused("seed is 2, and");
        (await Evaluate("out", "--resume", "--steps", "5")).AssertRefused("steps is 5, and");
    }

    [Fact]
    public async Task Evaluate_into_a_folder_of_other_files_is_refused()
    {
        Directory.CreateDirectory(folder["thesis"]);
        File.WriteAllText(folder["thesis/chapter.tex"], "");
        (await Evaluate("thesis")).AssertRefused("holds other files");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<ProgramRun> Evaluate(string output, params string[] arguments)
    {
        string[] steps = arguments.Contains("--steps") ? [] : ["--steps", "4"];
        return ProgramRun.Of([
            "evaluate",
            "--data",
            Data,
            "--model",
            Model,
            "--out",
            folder[output],
            .. steps,
            .. arguments,
        ]);
    }

    private string[] Lines(string name) => File.ReadAllLines(folder[name]);

    private string[] Ids(string output) =>
        [
            .. Lines($"{output}/results.jsonl")
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!),
        ];

    private JsonElement Summary(string output) =>
        JsonDocument.Parse(File.ReadAllText(folder[$"{output}/summary.json"])).RootElement;

    /// <summary>What a kill leaves: whole lines, then half a line, and no summary.</summary>
    private void CopyCutOff(string from, string to, int lines)
    {
        Directory.CreateDirectory(folder[to]);
        File.Copy(folder[$"{from}/settings.json"], folder[$"{to}/settings.json"]);
        foreach (string name in new[] { "results.jsonl", "results.csv", "structures.jsonl" })
        {
            string[] all = Lines($"{from}/{name}");
            string half = all[lines][..(all[lines].Length / 2)];
            File.WriteAllText(folder[$"{to}/{name}"], string.Concat(all[..lines].Select(line => line + "\n")) + half);
        }
    }

    private void AssertSame(string first, string second)
    {
        foreach (string name in new[] { "results.jsonl", "results.csv", "structures.jsonl" })
        {
            Assert.Equal(File.ReadAllText(folder[$"{first}/{name}"]), File.ReadAllText(folder[$"{second}/{name}"]));
        }

        foreach (string part in new[] { "origin", "overall", "by_atom_count", "by_element_count" })
        {
            Assert.Equal(
                JsonSerializer.Serialize(Summary(first).GetProperty(part)),
                JsonSerializer.Serialize(Summary(second).GetProperty(part))
            );
        }
    }
}
