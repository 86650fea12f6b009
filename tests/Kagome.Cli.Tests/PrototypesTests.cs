using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Prototypes.Tests;
using Kagome.Testing;
using Kagome.Tests;

namespace Kagome.Cli.Tests;

/// <summary>kagome prototypes, and predict and evaluate with a library of one's own.</summary>
public sealed class PrototypesTests(TinyModels models) : IClassFixture<TinyModels>, IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    private string Library => folder["mine.prototypes"];

    private string Ranker => Path.Combine(Repository.Root, "prototypes", "ranker.safetensors");

    public async ValueTask InitializeAsync()
    {
        DataSet.Write(
            folder["mine.jsonl"],
            [
                .. TypicalCrystals.Dozen,
                TypicalCrystals.Dozen[0] with
                {
                    Id = "again",
                },
                TypicalCrystals.Record("KBr", TypicalCrystals.RockSalt("K", "Br", 6.6)) with
                {
                    Split = "test",
                },
            ]
        );
        ProgramRun run = await ProgramRun.Of("prototypes", "build", "--data", folder["mine.jsonl"], "--out", Library);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith($"{Library}: 12 crystals of 8 structure types", run.Output, StringComparison.Ordinal);
        Assert.Contains("left out: 1 that are there already", run.Error, StringComparison.Ordinal);
        Assert.Contains("left out: 1 of a split other than train", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_shows_what_a_formula_is_like_and_why()
    {
        ProgramRun run = await Find("SrTiO3", "Al2O3");
        run.AssertSuccess();
        Assert.Contains("CaTiO3 CaTiO3", run.Output, StringComparison.Ordinal);
        Assert.Contains("Ca -> Sr", run.Output, StringComparison.Ordinal);
        Assert.Contains("Al2O3: no known crystal has such a formula", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_as_JSON_is_a_line_for_each_formula()
    {
        ProgramRun run = await Find("NaCl", "SrTiO3", "Al2O3", "--json", "--top", "1");
        run.AssertSuccess();
        JsonElement[] lines = [.. ProgramRun.Lines(run.Output).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["NaCl", "SrTiO3", "Al2O3"], lines.Select(line => line.GetProperty("formula").GetString()));
        Assert.Equal([1, 1, 0], lines.Select(line => line.GetProperty("proposals").GetArrayLength()));
        JsonElement first = lines[1].GetProperty("proposals")[0];
        Assert.Equal("CaTiO3", first.GetProperty("template").GetProperty("formula").GetString());
        Assert.Equal("Sr", first.GetProperty("template").GetProperty("replaced").GetProperty("Ca").GetString());
        Assert.Equal(0.99, lines[0].GetProperty("proposals")[0].GetProperty("probability").GetDouble());
    }

    /// <summary>Also of what alone is known of its kind, whose share of nothing is no number.</summary>
    [Fact]
    public async Task Find_with_a_ranker_gives_probabilities()
    {
        ProgramRun run = await ProgramRun.Of([
            "prototypes",
            "find",
            "FeS",
            "BaF2",
            "LiAlSi",
            "KBr",
            "--json",
            "--library",
            Library,
            "--ranker",
            Ranker,
        ]);
        run.AssertSuccess();
        foreach (string line in ProgramRun.Lines(run.Output))
        {
            JsonElement[] proposals =
            [
                .. JsonDocument.Parse(line).RootElement.GetProperty("proposals").EnumerateArray(),
            ];
            Assert.NotEmpty(proposals);
            Assert.InRange(proposals.Sum(proposal => proposal.GetProperty("probability").GetDouble()), 0, 1);
        }
    }

    [Theory]
    [InlineData("expected a multiple of 2", "NaCl 3\n")]
    [InlineData("unknown element 'Xx'", "NaCl\nXx\n")]
    public async Task Find_of_a_bad_list_is_refused(string part, string list)
    {
        await File.WriteAllTextAsync(folder["list.txt"], list, TestContext.Current.CancellationToken);
        (await Find("--from", folder["list.txt"])).AssertRefused(part);
    }

    [Fact]
    public async Task Build_where_a_library_is_refuses_to_replace_it_unless_told_to()
    {
        string[] build = ["prototypes", "build", "--data", folder["mine.jsonl"], "--out", folder["again.prototypes"]];
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of(build)).ExitCode);

        (await ProgramRun.Of(build)).AssertRefused("--force");
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of([.. build, "--force"])).ExitCode);
    }

    [Fact]
    public async Task Build_into_a_folder_that_is_not_there_is_refused_at_once()
    {
        ProgramRun run = await ProgramRun.Of(
            "prototypes",
            "build",
            "--data",
            folder["mine.jsonl"],
            "--out",
            Path.Combine(Path.GetDirectoryName(folder["mine.jsonl"])!, "nowhere", "mine.prototypes")
        );

        run.AssertRefused("there is no folder");
    }

    [Fact]
    public async Task Find_in_a_damaged_library_is_refused()
    {
        byte[] bytes = await File.ReadAllBytesAsync(Library, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Library, bytes[..^1], TestContext.Current.CancellationToken);
        ProgramRun[] runs = [await Find("NaCl"), await Find("SrTiO3"), await Find("LiAlSi")];
        Assert.Contains(runs, run => run.ExitCode == ExitCode.BadInput);
        Assert.All(runs.Where(run => run.ExitCode != ExitCode.Success), run => run.AssertRefused("is damaged"));
    }

    [Fact]
    public async Task Build_of_what_cannot_be_read_is_refused_and_writes_nothing()
    {
        string missing = folder["missing.jsonl"];
        ProgramRun run = await ProgramRun.Of("prototypes", "build", "--data", missing, "--out", folder["other"]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(missing, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["other"]));
    }

    [Fact]
    public async Task Build_of_nothing_that_can_be_used_says_why()
    {
        string data = folder["data.jsonl"];
        await File.WriteAllTextAsync(data, "{\"id\": \"a\"}\n", TestContext.Current.CancellationToken);
        ProgramRun run = await ProgramRun.Of("prototypes", "build", "--data", data, "--out", folder["other"]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("left out: 1 that cannot be read, the first: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("There is no crystal for a library.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_of_known_structure_types_alone_samples_nothing_and_writes_a_CIF()
    {
        ProgramRun run = await Predict("none", "SrTiO3", "--candidates", "prototypes");
        run.AssertSuccess();
        Assert.Contains("1 is like CaTiO3 (CaTiO3), with Ca -> Sr", run.Output, StringComparison.Ordinal);
        JsonElement first = Candidates("SrTiO3")[0];
        Assert.Equal("CaTiO3", first.GetProperty("template").GetProperty("formula").GetString());
        string file = first.GetProperty("files")[0].GetString()!;
        Structure written = StructureFile.ReadSingle(folder[$"out/SrTiO3/{file}"]).Structure;
        Assert.Equal("SrTiO3", written.Composition.ReducedFormula);
        Assert.EndsWith(".cif", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pm-3m", 221)]
    [InlineData("225", 225)]
    [InlineData("-P 4 2 3", 221)]
    public async Task Predict_with_a_space_group_finds_structures_of_it(string group, int number)
    {
        ProgramRun run = await Predict("none", "NaCl", "--candidates", "prototypes", "--space-group", group);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.All(
            Candidates("NaCl"),
            candidate => Assert.Equal(number, candidate.GetProperty("space_group").GetProperty("number").GetInt32())
        );
    }

    [Theory]
    [InlineData("--space-group has '0'", "--space-group=0")]
    [InlineData("--space-group has '231'", "--space-group=231")]
    [InlineData("--space-group has 'P6/mmmm'", "--space-group=191,P6/mmmm")]
    [InlineData(
        "--space-group is 221, which is of no --crystal-system hexagonal",
        "--space-group=221",
        "--crystal-system=hexagonal"
    )]
    [InlineData("--crystal-system has 'round'", "--crystal-system=round")]
    [InlineData("--crystal-system has '3'", "--crystal-system=3")]
    [InlineData("--cell is '3,3,3'; expected six numbers", "--cell=3,3,3")]
    [InlineData("--cell is 3, 3, 3 Å, 90, 90, 200°; expected a cell: gamma is 200", "--cell=3,3,3,90,90,200")]
    [InlineData("--cell has 1 Å³ for the 2 atoms of NaCl", "--cell=1,1,1,90,90,90")]
    [InlineData(
        "a tetragonal lattice, which no crystal of space group Pm-3m (221) has",
        "--cell=4,4,5,90,90,90",
        "--space-group=221"
    )]
    [InlineData("--cell-tolerance is 3% without --cell", "--cell-tolerance=3%")]
    [InlineData("--cell-tolerance is 10; expected", "--cell=5.6,5.6,5.6,90,90,90", "--cell-tolerance=10")]
    [InlineData("--cell-tolerance is '3 %%'; expected a share", "--cell=5.6,5.6,5.6,90,90,90", "--cell-tolerance=3 %%")]
    [InlineData("--volume-per-atom is '12'; expected two numbers", "--volume-per-atom=12")]
    [InlineData("--volume-per-atom is 16 to 12; expected", "--volume-per-atom=16..12")]
    public async Task Predict_with_constraints_that_cannot_be_is_refused(string message, params string[] options) =>
        (await Predict("none", ["NaCl", "--candidates", "prototypes", .. options])).AssertRefused(message);

    [Fact]
    public async Task Predict_where_a_known_crystal_is_sure_generates_if_samples_are_asked_for()
    {
        ProgramRun sure = await Predict(Ranker, "NaCl");
        Assert.Equal(ExitCode.Success, sure.ExitCode);
        Assert.DoesNotContain("samples per cell", sure.Error, StringComparison.Ordinal);
        Assert.Equal(0, Candidates("NaCl").Sum(candidate => candidate.GetProperty("generated").GetInt32()));
        ProgramRun asked = await Predict(Ranker, "NaCl", "--samples", "3");
        Assert.Equal(ExitCode.Success, asked.ExitCode);
        Assert.Contains("samples per cell", asked.Error, StringComparison.Ordinal);
        Assert.Contains(
            Candidates("NaCl"),
            candidate => candidate.GetProperty("template").ValueKind == JsonValueKind.Null
        );
    }

    [Fact]
    public async Task Predict_of_deuterium_says_that_it_is_taken_as_hydrogen_also_where_nothing_is_generated()
    {
        ProgramRun run = await Predict("none", "DCl", "--candidates", "prototypes");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("warning: DCl: D is taken as hydrogen", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_known_structure_types_without_the_same_formula_finds_others()
    {
        DataSet.Write(folder["test.jsonl"], [TypicalCrystals.Dozen[4], TypicalCrystals.Dozen[9]]);
        Assert.Equal(100, await MatchRate("same"));
        Assert.Equal(50, await MatchRate("others", "--without-same-formula", "--strict"));
        Assert.Equal(100, await MatchRate("formulas", "--formula-only"));
        Assert.Contains(
            "\"formula_only\": \"true\"",
            File.ReadAllText(folder["formulas/settings.json"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Evaluate_of_both_sources_predicts_at_the_temperature_of_predict_and_says_where_answers_come_from()
    {
        DataSet.Write(folder["test.jsonl"], [TypicalCrystals.Dozen[4], TypicalCrystals.Dozen[9]]);
        ProgramRun run = await ProgramRun.Of([
            "evaluate",
            "--data",
            folder["test.jsonl"],
            "--split=all",
            "--candidates=both",
            "--samples=6",
            "--steps=4",
            "--library",
            Library,
            "--ranker",
            Ranker,
            "--model",
            models.PathOf("kagome-g"),
            "--predictor=none",
            "--out",
            folder["both"],
            "--json",
        ]);
        run.AssertSuccess();
        JsonElement summary = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(
            "0.5",
            summary.GetProperty("origin").GetProperty("sampler").GetProperty("temperature").GetString()
        );
        Assert.Equal(
            1,
            summary.GetProperty("overall").GetProperty("at_one").GetProperty("rate").GetProperty("value").GetDouble()
        );
        string[] table = await File.ReadAllLinesAsync(
            folder["both/results.csv"],
            TestContext.Current.CancellationToken
        );
        int source = Array.IndexOf(table[0].Split(','), "source");
        Assert.Equal("prototypes", table[1].Split(',')[source]);
        Assert.True(File.Exists(folder["both/reliability.png"]));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<ProgramRun> Find(params string[] arguments) =>
        ProgramRun.Of(["prototypes", "find", .. arguments, "--library", Library, "--ranker", "none"]);

    private Task<ProgramRun> Predict(string ranker, params string[] arguments) =>
        ProgramRun.Of([
            "predict",
            .. arguments,
            "--library",
            Library,
            "--ranker",
            ranker,
            "--model",
            models.PathOf("kagome-g"),
            "--predictor",
            "none",
            "--steps",
            "4",
            "--out",
            folder["out"],
        ]);

    private JsonElement[] Candidates(string formula) =>
        [
            .. JsonDocument
                .Parse(File.ReadAllText(folder[$"out/{formula}/candidates.json"]))
                .RootElement.GetProperty("candidates")
                .EnumerateArray(),
        ];

    /// <summary>In percent.</summary>
    private async Task<double> MatchRate(string name, params string[] more)
    {
        ProgramRun run = await ProgramRun.Of([
            "evaluate",
            "--data",
            folder["test.jsonl"],
            "--split=all",
            "--candidates=prototypes",
            "--library",
            Library,
            "--ranker=none",
            "--out",
            folder[name],
            "--json",
            .. more,
        ]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        JsonElement overall = JsonDocument.Parse(run.Output).RootElement.GetProperty("overall");
        return 100 * overall.GetProperty("at_one").GetProperty("rate").GetProperty("value").GetDouble();
    }
}
