using System.Text.Json;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Files;

public sealed class InfoTests
{
    /// <summary>Four decimals are shown.</summary>
    private const double Tolerance = 1e-4;

    [Fact]
    public async Task Info_of_sodium_chloride_gives_the_known_values()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        ProgramRun run = await ProgramRun.Of("info", path, "--json");
        run.AssertSuccess();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement structure = document.RootElement.GetProperty("files")[0].GetProperty("structures")[0];
        Assert.Equal("Na4Cl4", structure.GetProperty("formula").GetString());
        Assert.Equal("NaCl", structure.GetProperty("reduced_formula").GetString());
        Assert.Equal(4, structure.GetProperty("formula_units").GetInt32());
        Assert.Equal(8, structure.GetProperty("atoms").GetInt32());
        Assert.Equal(5.6402, structure.GetProperty("cell").GetProperty("a").GetDouble(), Tolerance);
        Assert.Equal(90, structure.GetProperty("cell").GetProperty("alpha").GetDouble(), Tolerance);
        Assert.Equal(179.4252, structure.GetProperty("volume").GetDouble(), Tolerance); // 5.6402³
        Assert.Equal(22.4282, structure.GetProperty("volume_per_atom").GetDouble(), Tolerance);
        Assert.Equal(2.1634, structure.GetProperty("density").GetDouble(), Tolerance); // 4 · (22.9898 + 35.45) u / V
        Assert.Equal(2.8201, structure.GetProperty("shortest_distance").GetDouble(), Tolerance); // a / 2
        Assert.True(structure.GetProperty("valid").GetBoolean());
        Assert.Equal("right", structure.GetProperty("handedness").GetString());
    }

    [Fact]
    public async Task Info_tells_what_the_reader_decided()
    {
        using TemporaryFolder folder = new();
        const string Silicon = """
            data_Si
            _cell_length_a 5.43
            _cell_length_b 5.43
            _cell_length_c 5.43
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 90
            _symmetry_space_group_name_H-M 'F d -3 m'
            loop_
            _atom_site_label
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            Si1 0 0 0
            """;

        ProgramRun run = await ProgramRun.Of("info", folder.Write("Si.cif", Silicon));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("remark: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("took F d -3 m :1", run.Error, StringComparison.Ordinal);
        Assert.Contains("Si8", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_without_a_terminal_gives_a_name_and_a_value_between_tabs()
    {
        using TemporaryFolder folder = new();
        ProgramRun run = await ProgramRun.Of("info", folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif));
        run.AssertSuccess();
        string[] lines = ProgramRun.Lines(run.Output.ReplaceLineEndings("\n"));
        Assert.Contains("reduced formula\tNaCl, Z = 4", lines);
        Assert.Contains("density (g/cm³)\t2.163", lines);
        Assert.Contains("valid\tyes", lines);
        Assert.All(lines, line => Assert.Equal(2, line.Split('\t').Length));
    }

    [Fact]
    public async Task Info_of_atoms_on_top_of_each_other_says_why_it_is_not_valid()
    {
        using TemporaryFolder folder = new();
        string cif = TestCrystals.SodiumChlorideCif.Replace(
            "Na2 Na 0 0.5 0.5",
            "Na2 Na 0.05 0 0",
            StringComparison.Ordinal
        );
        ProgramRun run = await ProgramRun.Of("info", folder.Write("broken.cif", cif));
        run.AssertSuccess();
        Assert.Contains("valid\tno: two atoms are 0.28", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_of_a_long_data_set_is_a_summary()
    {
        using TemporaryFolder folder = new();
        string path = folder["series.jsonl.gz"];
        DataSet.Write(path, TestCrystals.Series(12));
        ProgramRun run = await ProgramRun.Of("info", path, "--json");
        run.AssertSuccess();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement summary = document.RootElement.GetProperty("files")[0].GetProperty("summary");
        Assert.Equal(12, summary.GetProperty("structures").GetInt32());
        Assert.Equal(0, summary.GetProperty("skipped").GetInt32());
        Assert.Equal(1, summary.GetProperty("atoms").GetProperty("largest").GetDouble());
        Assert.Equal(12, summary.GetProperty("elements").GetProperty("Po").GetInt32());
        Assert.Equal(12, summary.GetProperty("splits").GetProperty("train").GetInt32());
        JsonElement energy = summary.GetProperty("labels").GetProperty("e_hull");
        Assert.Equal(0.01, energy.GetProperty("smallest").GetDouble(), Tolerance);
        Assert.Equal(0.12, energy.GetProperty("largest").GetDouble(), Tolerance);
    }

    [Fact]
    public async Task Info_reports_entries_that_it_skips()
    {
        using TemporaryFolder folder = new();
        string path = folder["series.jsonl"];
        DataSet.Write(path, TestCrystals.Series(11));
        await File.AppendAllTextAsync(path, "{\"id\": 1}\n", TestContext.Current.CancellationToken);
        ProgramRun run = await ProgramRun.Of("info", path);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("series.jsonl:12", run.Error, StringComparison.Ordinal);
        Assert.Contains("skipped\t1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_missing_file_is_refused()
    {
        using TemporaryFolder folder = new();
        ProgramRun run = await ProgramRun.Of("info", folder["absent.cif"]);
        run.AssertRefused("absent.cif");
    }

    [Fact]
    public async Task Info_unknown_format_is_refused_with_the_known_ones()
    {
        using TemporaryFolder folder = new();
        ProgramRun run = await ProgramRun.Of("info", folder.Write("crystal.docx", "Sehr geehrte Damen und Herren"));
        run.AssertRefused("*.cif");
    }

    [Fact]
    public async Task Info_of_escape_sequences_shows_them_as_blanks()
    {
        using TemporaryFolder folder = new();
        string path = folder["series.jsonl"];
        DataSet.Write(path, [TestCrystals.Series(1)[0] with { Id = "po\u001b[2J\tx" }]);
        ProgramRun run = await ProgramRun.Of("info", path);
        run.AssertSuccess();
        Assert.Contains("structure\tpo [2J x", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_in_json_lists_every_structure_however_many()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(12));
        ProgramRun run = await ProgramRun.Of("info", folder["series.jsonl"], "--json");
        run.AssertSuccess();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(12, document.RootElement.GetProperty("files")[0].GetProperty("structures").GetArrayLength());
    }

    [Theory]
    [InlineData("crystal.docx", "Sehr geehrte Damen und Herren")]
    [InlineData("damaged.cif", "data_x")]
    [InlineData("empty.cif", "")]
    public async Task Info_of_a_file_that_cannot_be_read_does_not_hide_the_others(string name, string text)
    {
        using TemporaryFolder folder = new();
        string good = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        ProgramRun run = await ProgramRun.Of("info", "--json", good, folder.Write(name, text));
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains($"skipped: {folder[name]}", run.Error, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(1, document.RootElement.GetProperty("files")[0].GetProperty("structures").GetArrayLength());
        Assert.Equal(0, document.RootElement.GetProperty("files")[1].GetProperty("structures").GetArrayLength());
    }

    [Theory]
    [InlineData("info")]
    [InlineData("match", "{0}")]
    public async Task Commands_read_files_in_the_format_that_from_names(string command, string second = "")
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("crystal.txt", TestCrystals.SodiumChlorideCif);
        string[] files = second.Length > 0 ? [path, path] : [path];
        (await ProgramRun.Of([command, .. files, "--from", "cif"])).AssertSuccess();
        (await ProgramRun.Of([command, .. files])).AssertRefused("*.cif");
    }
}
