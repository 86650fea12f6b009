using Kagome.Crystals.Structures;
using Kagome.Formats.Tests.Cif;

namespace Kagome.Formats.Tests;

public sealed class StructureFileTests
{
    private static readonly CrystalRecord RockSalt = new(
        "NaCl",
        FormatText.ReadOne(StructureFormats.ByName("cif"), CifText.RockSalt)
    );

    [Theory]
    [InlineData("a.cif")]
    [InlineData("a.cif.gz")]
    [InlineData("POSCAR")]
    [InlineData("a.extxyz")]
    [InlineData("a.json")]
    [InlineData("a.jsonl.gz")]
    [InlineData("a.csv")]
    public void Write_then_read_returns_the_crystal_and_leaves_nothing_else(string name)
    {
        using TemporaryFolder folder = new();
        StructureFile.Write(folder[name], RockSalt);
        StructureFile.Write(folder[name], RockSalt); // replaces

        CrystalAssert.Same(RockSalt.Structure, StructureFile.ReadSingle(folder[name]).Structure);
        Assert.Equal([folder[name]], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_that_fails_leaves_the_old_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.Add("POSCAR", "old");

        _ = Assert.Throws<ArgumentException>(() => StructureFile.Write(path, RockSalt, RockSalt));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_to_absent_folder_says_what_to_do()
    {
        StructureFormatException problem = Assert.Throws<StructureFormatException>(() =>
            StructureFile.Write("/no/such/folder/a.cif", RockSalt)
        );

        Assert.Contains("Check that the folder exists", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_over_a_folder_leaves_no_temporary_file()
    {
        using TemporaryFolder folder = new();
        string path = Directory.CreateDirectory(folder["a.cif"]).FullName;

        StructureFormatException problem = Assert.Throws<StructureFormatException>(() =>
            StructureFile.Write(path, RockSalt)
        );

        Assert.Contains("cannot be written", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("a.cif", 2_000_000_000L, "2000000000 bytes")]
    [InlineData("POSCAR", 2_000_000_000L, "NUL")]
    [InlineData("a.json", 2_000_000_000L, "2000000000 bytes")]
    [InlineData("a.jsonl", 2_000_000_000L, "NUL")]
    [InlineData("a.xyz", 2_000_000_000L, "NUL")]
    [InlineData("a.csv", 2_000_000_000L, "NUL")]
    [InlineData("a.cif", 0L, "is empty")]
    [InlineData("a.cif.gz", 100L, "cannot be read to its end")]
    public void Read_large_or_empty_file_is_refused(string name, long bytes, string expected)
    {
        using TemporaryFolder folder = new();
        using (FileStream file = File.Create(folder[name]))
        {
            file.SetLength(bytes);
        }

        StructureFormatException problem = Assert.Throws<StructureFormatException>(() =>
            StructureFile.Read(folder[name])
        );

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.Equal(folder[name], problem.Path);
    }

    [Fact]
    public void Read_absent_file_says_so() =>
        Assert.Contains(
            "there is no such file or folder",
            Assert.Throws<StructureFormatException>(() => StructureFile.Read("/no/such.cif")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void ReadSingle_of_several_says_how_many()
    {
        using TemporaryFolder folder = new();
        StructureFile.Write(folder["a.cif"], RockSalt, RockSalt);

        Assert.Contains(
            "holds 2 crystals; expected one",
            Assert.Throws<StructureFormatException>(() => StructureFile.ReadSingle(folder["a.cif"])).Message,
            StringComparison.Ordinal
        );
    }
}
