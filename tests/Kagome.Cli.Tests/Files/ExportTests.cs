using System.Text.Json;

namespace Kagome.Cli.Tests.Files;

public sealed class ExportTests
{
    [Theory]
    [InlineData("gpaw", "run.py", "K_POINTS = (3, 3, 3)")]
    [InlineData("vasp", "INCAR", "ENCUT = 400")]
    [InlineData("qe", "pw.in", "calculation = 'scf'")]
    public async Task Export_writes_what_the_options_say(string code, string file, string expected)
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        string[] options =
        [
            "--cell=primitive",
            "--k-density=1.5",
            "--cutoff=400",
            "--energy-only",
            $"--out={folder["out"]}",
            "--json",
        ];
        ProgramRun run = await ProgramRun.Of(["export", source, "--to", code, .. options]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains(expected, File.ReadAllText(folder[$"out/NaCl/{file}"]), StringComparison.Ordinal);
        using JsonDocument printed = JsonDocument.Parse(run.Output);
        JsonElement written = Assert.Single(printed.RootElement.GetProperty("calculations").EnumerateArray());
        Assert.Equal("NaCl", written.GetProperty("composition").GetString());
        Assert.Equal(400, written.GetProperty("cutoff").GetDouble(), 1e-9);
        Assert.Equal([3, 3, 3], written.GetProperty("k_points").EnumerateArray().Select(count => count.GetInt32()));
    }

    [Fact]
    public async Task Export_over_a_folder_needs_force_and_an_unknown_code_names_the_known_ones()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        string[] export = ["export", source, "--out", folder["out"]];
        Assert.Contains("gpaw", (await ProgramRun.Of([.. export, "--to", "abinit"])).Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of([.. export, "--to", "vasp"])).ExitCode);
        (await ProgramRun.Of([.. export, "--to", "vasp"])).AssertRefused("--force");
        Assert.Equal(ExitCode.Success, (await ProgramRun.Of([.. export, "--to", "vasp", "--force"])).ExitCode);
        (await ProgramRun.Of([.. export, "--to", "qe", "--pseudopotentials", folder["absent"]])).AssertRefused(
            "--pseudopotentials"
        );
    }

    [Fact]
    public async Task Export_of_several_files_goes_on_past_one_that_cannot_be_read()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        string broken = folder.Write("broken.cif", "data_x\n_cell_length_a 4\n");
        ProgramRun run = await ProgramRun.Of("export", broken, source, "--to", "gpaw", "--out", folder["out"]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("skipped: ", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["out/NaCl/structure.xyz"]));
    }
}
