using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Files;

/// <summary>Space groups in info and convert.</summary>
public sealed class SymmetryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Info_shows_space_group_and_wyckoff_positions()
    {
        ProgramRun run = await ProgramRun.Of("info", SodiumChloride());
        run.AssertSuccess();
        string[] lines = ProgramRun.Lines(run.Output.ReplaceLineEndings("\n"));
        Assert.Contains("space group\tFm-3m (225) within 0.1 Å", lines);
        Assert.Contains("Wyckoff positions\tNa 4a, Cl 4b", lines);

        ProgramRun json = await ProgramRun.Of("info", SodiumChloride(), "--json", "--symprec", "0.01");
        using JsonDocument document = JsonDocument.Parse(json.Output);
        JsonElement group = document
            .RootElement.GetProperty("files")[0]
            .GetProperty("structures")[0]
            .GetProperty("space_group");
        Assert.Equal(225, group.GetProperty("number").GetInt32());
        Assert.Equal("aaaabbbb", group.GetProperty("site_wyckoff_letters").GetString());
    }

    [Theory]
    [InlineData("primitive", 2)]
    [InlineData("conventional", 8)]
    [InlineData("niggli", 8)]
    public async Task Convert_cell_writes_that_cell(string cell, int atoms)
    {
        string target = folder[$"{cell}.vasp"];
        ProgramRun run = await ProgramRun.Of("convert", SodiumChloride(), target, "--cell", cell);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(atoms, StructureFile.ReadSingle(target).Structure.AtomCount);
    }

    [Fact]
    public async Task Convert_symmetrise_writes_the_asymmetric_unit()
    {
        string target = folder["sym.cif"];
        ProgramRun run = await ProgramRun.Of("convert", SodiumChloride(), target, "--symmetrise");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        string text = File.ReadAllText(target);
        Assert.Contains("'F m -3 m'", text, StringComparison.Ordinal);
        Assert.Contains("Cl Cl1 4 b 0.5", text, StringComparison.Ordinal);
        Structure read = StructureFile.ReadSingle(target).Structure;
        Assert.Equal(8, read.AtomCount);
    }

    [Fact]
    public async Task Convert_symmetrise_to_another_format_is_refused() =>
        (await ProgramRun.Of("convert", SodiumChloride(), folder["x.vasp"], "--symmetrise")).AssertRefused("CIF");

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public async Task Info_symprec_that_is_no_distance_is_refused(string symprec) =>
        (await ProgramRun.Of("info", SodiumChloride(), $"--symprec={symprec}")).AssertRefused("--symprec is");

    private string SodiumChloride() => folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
}
