using System.Text.Json;
using Kagome.Cli.Tests.Schemas;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Data;

public sealed class DataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Filter_of_damaged_rows_goes_on_and_says_so()
    {
        string series = folder.WriteSeries("series.jsonl", 3);
        await File.AppendAllTextAsync(series, "{\"id\": 1}\n", TestContext.Current.CancellationToken);
        ProgramRun run = await Run("filter", series, "--out", folder["kept.extxyz"], "--label", "e_hull=0.02..");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("1 entries cannot be read, the first", run.Error, StringComparison.Ordinal);
        Assert.Contains("series.jsonl:4", run.Error, StringComparison.Ordinal);
        Assert.Contains("2 of 3 crystals", run.Output, StringComparison.Ordinal);
        Assert.Equal(["po-2", "po-3"], DataSetFiles.Ids(folder["kept.extxyz"]));
    }

    [Fact]
    public async Task Filter_without_formulas_of_a_file_keeps_the_others()
    {
        string all = folder.WriteFormulas("all.jsonl", 4);
        string some = folder.WriteFormulas("some.jsonl", 3);
        (await Run("filter", all, "--out", folder["kept.jsonl"], "--without-formulas-of", some)).AssertSuccess();
        Assert.Equal(["6", "7"], DataSetFiles.Ids(folder["kept.jsonl"])); // two crystals of each formula
    }

    [Fact]
    public async Task Hull_takes_phases_of_other_files_and_says_what_was_labelled()
    {
        string mine = folder.Write("mine.jsonl", Line("mine", "e_form", -0.5));
        string known = folder.Write("known.jsonl", Line("known", "e_form", -0.75));
        ProgramRun run = await Run("hull", mine, "--phases", known, "--out", folder["labelled.jsonl"]);
        run.AssertSuccess();
        Assert.Contains("1 got an energy above hull, 0 of them 0", run.Output, StringComparison.Ordinal);
        string line = await File.ReadAllTextAsync(folder["labelled.jsonl"], TestContext.Current.CancellationToken);
        Assert.Equal(0.25, JsonDocument.Parse(line).RootElement.GetProperty("e_hull").GetDouble(), 1e-9);
        (
            await Run("hull", folder.Write("bare.jsonl", Line("bare", "gap", 1)), "--out", folder["x.jsonl"])
        ).AssertRefused("label 'e_form'");

        foreach (string lossy in new[] { "x.cif", "x.zip", "x.cif.gz" })
        {
            (await Run("hull", mine, "--out", folder[lossy])).AssertRefused("CIF holds no labels");
            Assert.False(File.Exists(folder[lossy]));
        }

        static string Line(string id, string label, double value) =>
            FormattableString.Invariant(
                $$"""{"id":"{{id}}","cell":[4.2,4.2,4.2,90,90,90],"z":[12,8],"frac":[[0,0,0],[0.5,0.5,0.5]],"{{label}}":{{value}}}"""
            );
    }

    [Fact]
    public async Task Stats_says_what_readers_decided_and_not_more_than_twenty_times()
    {
        Directory.CreateDirectory(folder["cifs"]);
        for (int number = 0; number < 23; number++)
        {
            folder.Write($"cifs/{number}.cif", TestCrystals.RemarkableCif);
        }

        ProgramRun run = await Run("stats", folder["cifs"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(
            21,
            ProgramRun.Lines(run.Error).Count(line => line.StartsWith("remark: ", StringComparison.Ordinal))
        );
        Assert.Contains("remark: and 3 more like these", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label 'gap' (they have e_hull)", "--label", "gap=0..1", "--keep-unlabelled")]
    [InlineData("No crystal is left (3 fewer than 2 atoms)", "--atoms", "2..")]
    [InlineData("--atoms has '3-30'", "--atoms", "3-30")]
    [InlineData("--label has 'gap'", "--label", "gap")]
    [InlineData("--only-elements has 'Xx'", "--only-elements", "Po,Xx")]
    public async Task Filter_bad_condition_is_refused_and_nothing_written(string part, params string[] options)
    {
        string series = folder.WriteSeries("series.jsonl", 3);
        (await Run(["filter", series, "--out", folder["kept.jsonl"], .. options])).AssertRefused(part);
        Assert.Equal(["series.jsonl"], folder.FileNames);
    }

    [Theory]
    [InlineData("filter")]
    [InlineData("dedupe")]
    public async Task Output_that_exists_needs_force(string command)
    {
        string series = folder.WriteSeries("series.jsonl", 3);
        string output = folder.Write("out.jsonl", "precious");
        (await Run(command, series, "--out", output)).AssertRefused("--force");
        (await Run(command, series, "--out", folder["out.vasp"])).AssertRefused("holds one crystal");
        Assert.Equal("precious", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken));
        (await Run(command, series, "--out", output, "--force")).AssertSuccess();
    }

    [Theory]
    [InlineData("stats")]
    [InlineData("filter", "--out", "out.jsonl")]
    [InlineData("hull", "--out", "out.jsonl")]
    [InlineData("dedupe", "--out", "out.jsonl")]
    [InlineData("split", "--out", "parts")]
    public async Task Input_without_a_crystal_is_refused(string command, params string[] options)
    {
        string[] rest = [.. options.Select(option => option.StartsWith('-') ? option : folder[option])];
        string empty = folder.Write("empty.jsonl", "");
        (await Run([command, empty, .. rest])).AssertRefused("is empty; expected at least one crystal");
        (await Run([command, folder["absent.jsonl"], .. rest])).AssertRefused("no such file");
        Assert.Equal(["empty.jsonl"], folder.FileNames);
    }

    [Theory]
    [InlineData("stats", "")]
    [InlineData("filter", "", "--out", "out.jsonl")]
    [InlineData("dedupe", "--against", "--out", "out.jsonl")]
    [InlineData("split", "", "--out", "parts", "--shares=all=1")]
    [InlineData("overlap", "FIRST")]
    public async Task Data_sets_are_read_in_the_format_that_from_names(
        string command,
        string second,
        params string[] options
    )
    {
        string data = folder.WriteFormulas("data.jsonl", 4);
        string other = folder.WriteFormulas("other.jsonl", 2);
        File.Move(data, folder["data.txt"]);
        File.Move(other, folder["other.txt"]);
        string[] rest = [.. options.Select(option => option.StartsWith('-') ? option : folder[option])];
        string[] more = second switch
        {
            "" => rest,
            "--against" => [second, folder["other.txt"], .. rest],
            _ => [folder["other.txt"], .. rest],
        };
        string[] words = [command, folder["data.txt"], .. more];
        (await Run(words)).AssertRefused("name its format with --from");
        (await Run([.. words, "--from", "jsonl"])).AssertSuccess();
    }

    [Fact]
    public async Task Dedupe_against_leaves_out_what_occurs_there()
    {
        string formulas = folder.WriteFormulas("all.jsonl", 4);
        string known = folder.WriteFormulas("known.jsonl", 2);
        string report = folder["report.jsonl"];
        string[] options = ["--against", known, "--out", folder["new.jsonl"], "--report", report];
        ProgramRun run = await Run(["dedupe", formulas, .. options, "--json"]);
        run.AssertSuccess();
        string left = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        Assert.Equal(6, ProgramRun.Lines(left).Length);
        PublishedSchemas.AssertValidLines(DocumentSchema.Duplicate, left);
        string text = (await Run(["dedupe", formulas, .. options, "--force"])).Output;
        Assert.Contains("2 of 8 crystals", text, StringComparison.Ordinal);
        Assert.Equal(["4", "6"], DataSetFiles.Ids(folder["new.jsonl"]));
        JsonElement counts = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(4, counts.GetProperty("in_reference").GetInt32());
        Assert.Equal(2, counts.GetProperty("duplicates").GetInt32());
        (await Run("dedupe", known, "--against", formulas, "--out", folder["none.jsonl"])).AssertRefused("all 4 occur");
        Assert.False(File.Exists(folder["none.jsonl"]));
    }

    [Fact]
    public async Task Overlap_counts_both_sides()
    {
        string formulas = folder.WriteFormulas("all.jsonl", 4);
        string known = folder.WriteFormulas("known.jsonl", 2);
        ProgramRun run = await Run("overlap", formulas, known, "--json");
        run.AssertSuccess();
        JsonElement shared = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(2, shared.GetProperty("shared_formulas").GetInt32());
        Assert.Equal(4, shared.GetProperty("first").GetProperty("shared_crystals").GetInt32());
        Assert.Equal(4, shared.GetProperty("second").GetProperty("shared_crystals").GetInt32());
        Assert.Contains("in the other", (await Run("overlap", formulas, known)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_prints_and_writes_counts_and_plots()
    {
        string series = folder.WriteSeries("series.jsonl", 5);
        ProgramRun run = await Run("stats", series, "--json", "--out", folder["stats"]);
        run.AssertSuccess();
        PublishedSchemas.AssertValidFile(DocumentSchema.Statistics, folder["stats/statistics.json"]);
        JsonElement statistics = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(5, statistics.GetProperty("elements").GetProperty("Po").GetInt32());
        Assert.Equal(
            0.03,
            statistics.GetProperty("labels").GetProperty("e_hull").GetProperty("median").GetDouble(),
            1e-9
        );
        Assert.Equal(
            "atoms,crystals\n1,5\n",
            (
                await File.ReadAllTextAsync(folder["stats/cell-sizes.csv"], TestContext.Current.CancellationToken)
            ).ReplaceLineEndings("\n")
        );
        Assert.Equal(
            [
                "cell-sizes.csv",
                "cell-sizes.png",
                "cell-sizes.svg",
                "elements.csv",
                "elements.png",
                "elements.svg",
                "labels.csv",
                "statistics.json",
            ],
            Directory.GetFiles(folder["stats"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Contains("split train\t5", (await Run("stats", series)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_is_the_same_as_without_data()
    {
        string series = folder.WriteSeries("series.jsonl", 3);
        (await Run("convert", series, folder["a.csv"])).AssertSuccess();
        (await ProgramRun.Of("convert", series, folder["b.csv"])).AssertSuccess();
        Assert.Equal(
            await File.ReadAllTextAsync(folder["b.csv"], TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(folder["a.csv"], TestContext.Current.CancellationToken)
        );
    }

    private static Task<ProgramRun> Run(params string[] args) => ProgramRun.Of(["data", .. args]);
}
