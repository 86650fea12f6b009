namespace Kagome.Formats.Tests;

public sealed class StructureFormatsTests
{
    [Theory]
    [InlineData("nacl.cif", "cif")]
    [InlineData("folder.csv/NACL.CIF", "cif")]
    [InlineData("nacl.cif.gz", "cif")]
    [InlineData("POSCAR", "poscar")]
    [InlineData("CONTCAR_relaxed", "poscar")]
    [InlineData("nacl.vasp", "poscar")]
    [InlineData("mp-1_POSCAR", "poscar")]
    [InlineData("relax.CONTCAR", "poscar")]
    [InlineData("CONTCAR.relax", "poscar")]
    [InlineData("CONTCAR.relax2.gz", "poscar")]
    [InlineData("XDATCAR", "poscar")]
    [InlineData("POSCAR_1.cif", "cif")]
    [InlineData("POSCARs.json", "json")]
    [InlineData("gd.mcif", "cif")]
    [InlineData("nacl.cif.bz2", "cif")]
    [InlineData("nacl.cif.XZ", "cif")]
    [InlineData("run.extxyz", "extxyz")]
    [InlineData("run.xyz.GZ", "extxyz")]
    [InlineData("nacl.json", "json")]
    [InlineData("train.jsonl.gz", "jsonl")]
    [InlineData("train.csv", "csv")]
    [InlineData("all.db", "ase")]
    [InlineData("all.optimade.jsonl", "optimade")]
    public void ForFile_known_name_gives_its_format(string path, string expected) =>
        Assert.Equal(expected, StructureFormats.ForFile(path).Name);

    [Fact]
    public void ForFile_unknown_name_lists_the_readable_ones()
    {
        StructureFormatException problem = Assert.Throws<StructureFormatException>(() =>
            StructureFormats.ForFile("a.pdb")
        );

        Assert.All(
            StructureFormats.All.SelectMany(format => format.FileNames),
            name => Assert.Contains(name, problem.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void ByName_finds_every_format() =>
        Assert.All(
            StructureFormats.All,
            format => Assert.Same(format, StructureFormats.ByName(format.Name.ToUpperInvariant()))
        );

    [Fact]
    public void ByName_unknown_name_lists_all() =>
        Assert.StartsWith(
            "Unknown format 'pdb'. Choose cif, poscar, extxyz, json, optimade, jsonl, csv or ase.",
            Assert.Throws<ArgumentException>(() => StructureFormats.ByName("pdb")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("cif", ".cif")]
    [InlineData("poscar", ".poscar")] // *POSCAR* comes first, and is no ending
    [InlineData("optimade", ".optimade.jsonl")]
    public void EndingOf_a_format_is_the_first_pattern_that_is_one(string format, string ending) =>
        Assert.Equal(ending, StructureFileNames.EndingOf(StructureFormats.ByName(format)));

    [Fact]
    public void Reword_of_a_file_names_the_option_of_its_format_and_of_a_line_leaves_what_it_says()
    {
        const string Problem = "unknown Format; expected Format.";
        Assert.Equal(
            "a.txt: unknown --from; expected --from.",
            new StructureFormatException("a.txt", line: null, Problem).Reword(_ => "--from")
        );
        StructureFormatException line = new("a.txt", 3, Problem);
        Assert.Equal(line.Message, line.Reword(_ => "--from"));
    }
}
