using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Tests.Files;

public sealed class ConvertTests
{
    [Fact]
    public async Task Convert_unknown_format_names_the_known_ones()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        ProgramRun run = await ProgramRun.Of("convert", source, folder["out"], "--to", "docx");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("extxyz", ProgramRun.Lines(run.Error)[0], StringComparison.Ordinal);
        (await ProgramRun.Of("convert", source, folder["out.docx"])).AssertRefused("out.docx");
        Assert.Equal(["NaCl.cif"], folder.FileNames);
    }

    [Fact]
    public async Task Convert_missing_file_is_refused()
    {
        using TemporaryFolder folder = new();
        (await ProgramRun.Of("convert", folder["absent.cif"], folder["out.cif"])).AssertRefused("absent.cif");
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public async Task Convert_onto_a_file_needs_force()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        string target = folder.Write("NaCl.vasp", "precious");
        (await ProgramRun.Of("convert", source, target)).AssertRefused("--force");
        Assert.Equal("precious", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
        (await ProgramRun.Of("convert", source, target, "--force")).AssertSuccess();
        Assert.Equal(8, StructureFile.ReadSingle(target).Structure.AtomCount);
    }

    [Fact]
    public async Task Convert_several_into_a_format_of_one_asks_for_a_folder()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(3));
        (await ProgramRun.Of("convert", folder["series.jsonl"], folder["out.vasp"])).AssertRefused("output folder");
        Assert.Equal(["series.jsonl"], folder.FileNames);
    }

    [Fact]
    public async Task Convert_into_a_folder_writes_a_file_each_under_safe_names()
    {
        using TemporaryFolder folder = new();
        CrystalRecord record = TestCrystals.Series(1)[0];
        DataSet.Write(
            folder["series.jsonl"],
            [record, record with { Id = "PO-1" }, record with { Id = "../up:1" }, record with { Id = "po-1-2" }]
        );
        ProgramRun run = await ProgramRun.Of("convert", folder["series.jsonl"], folder["out"] + "/", "--to", "poscar");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Equal(
            ["out/PO-1-2.poscar", "out/_up_1.poscar", "out/po-1-2-2.poscar", "out/po-1.poscar", "series.jsonl"],
            folder.FileNames.Select(name => name.Replace('\\', '/'))
        );
    }

    [Fact]
    public async Task Convert_into_a_folder_needs_a_format()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        (await ProgramRun.Of("convert", source, folder["out"] + "/")).AssertRefused("--to");
    }

    [Theory]
    [InlineData("set.db")]
    [InlineData("set.optimade.jsonl")]
    [InlineData("set.zip")]
    [InlineData("set.tar.gz")]
    public async Task Convert_a_folder_and_back_keeps_the_crystals(string name)
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<CrystalRecord> records = TestCrystals.Series(3);
        DataSet.Write(folder["series.jsonl"], records);
        _ = await ProgramRun.Of("convert", folder["series.jsonl"], folder["cifs"] + "/", "--to", "cif");
        (await ProgramRun.Of("convert", folder["cifs"], folder[name])).AssertSuccess();
        (await ProgramRun.Of("convert", folder[name], folder["back.jsonl"])).AssertSuccess();
        Assert.Equal(
            records.Select(record => (record.Id, record.Structure.Composition.Formula)),
            StructureFile.Read(folder["back.jsonl"]).Select(record => (record.Id, record.Structure.Composition.Formula))
        );
        (await ProgramRun.Of("convert", folder["cifs"], folder[name])).AssertRefused("--force");
    }

    [Fact]
    public async Task Convert_symmetrised_into_an_archive_is_refused()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("NaCl.cif", TestCrystals.SodiumChlorideCif);
        (await ProgramRun.Of("convert", source, folder["out.zip"], "--symmetrise")).AssertRefused("write a folder");
        Assert.Equal(["NaCl.cif"], folder.FileNames);
    }

    [Fact]
    public async Task Convert_reports_skipped_entries_and_goes_on()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["series.jsonl"], TestCrystals.Series(2));
        await File.AppendAllTextAsync(folder["series.jsonl"], "{\"id\": 1}\n", TestContext.Current.CancellationToken);
        ProgramRun run = await ProgramRun.Of("convert", folder["series.jsonl"], folder["out.extxyz"]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("series.jsonl:3", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, StructureFile.Read(folder["out.extxyz"]).Count);
    }

    [Fact]
    public async Task Convert_where_all_entries_are_skipped_is_bad_input_and_writes_nothing()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("bad.jsonl", "{\"id\": 1}\n");
        ProgramRun run = await ProgramRun.Of("convert", source, folder["out.cif"]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("nothing was written", run.Error, StringComparison.Ordinal);
        Assert.Equal(["bad.jsonl"], folder.FileNames);
    }
}
