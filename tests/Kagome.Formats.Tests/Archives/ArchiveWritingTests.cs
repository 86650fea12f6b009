using System.IO.Compression;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Ase;
using Kagome.Formats.ExtXyz;

namespace Kagome.Formats.Tests.Archives;

public sealed class ArchiveWritingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar")]
    [InlineData("a.tar.gz")]
    [InlineData("a.tgz")]
    public void Write_returns_the_crystals(string name) =>
        CrystalGenerator
            .Records.Array[1, 6]
            .Sample(
                records =>
                {
                    CrystalRecord[] named = [.. records.Select((record, index) => record with { Id = $"mp-{index}" })];
                    StructureFile.Write(folder[name], named);
                    IReadOnlyList<CrystalRecord> again = StructureFile.Read(folder[name]);
                    Assert.Equal(named.Select(record => record.Id), again.Select(record => record.Id));
                    Assert.All(
                        named.Zip(again),
                        pair => CrystalAssert.SameUpToOrientation(pair.First.Structure, pair.Second.Structure)
                    );
                },
                seed: "0N0XIzNsQ0O2",
                iter: 20,
                threads: 1
            );

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public void Write_in_a_format_that_keeps_labels_returns_them(string ending)
    {
        CrystalRecord record = Polonium("po") with { Split = "val" };
        StructureFile.Write(
            folder[$"a.{ending}"],
            new ExtXyzFormat(),
            [record with { Labels = record.Labels.Add("gap", 2.5) }]
        );
        CrystalRecord again = StructureFile.ReadSingle(folder[$"a.{ending}"]);
        Assert.Equal(("val", 2.5), (again.Split, again.Labels["gap"]));
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar.gz")]
    public void Write_twice_gives_the_same_bytes(string ending)
    {
        CrystalRecord[] records = [.. Enumerable.Range(1, 30).Select(number => Polonium($"po-{number}"))];
        StructureFile.Write(folder[$"a.{ending}"], records);
        Thread.Sleep(1100);
        StructureFile.Write(folder[$"b.{ending}"], records);
        Assert.Equal(File.ReadAllBytes(folder[$"a.{ending}"]), File.ReadAllBytes(folder[$"b.{ending}"]));
    }

    [Fact]
    public void Write_any_names_gives_files_that_stay_in_the_archive()
    {
        string longName = new('n', 500);
        StructureFile.Write(
            folder["a.zip"],
            [.. new[] { "../up", "/etc/passwd", "C:\\x", "A", "a", "a", "...", longName, longName }.Select(Polonium)]
        );
        using ZipArchive archive = ZipFile.OpenRead(folder["a.zip"]);
        string[] names = [.. archive.Entries.Select(entry => entry.FullName)];
        Assert.Equal(
            [
                "_up.cif",
                "_etc_passwd.cif",
                "C__x.cif",
                "A.cif",
                "a-2.cif",
                "a-3.cif",
                "Po.cif",
                $"{longName[..100]}.cif",
                $"{longName[..100]}-2.cif",
            ],
            names
        );
        StructureFile.Write(folder["a.tar.gz"], [.. new[] { longName, longName }.Select(Polonium)]);
        Assert.Equal(2, StructureFile.Read(folder["a.tar.gz"]).Count);
    }

    [Theory]
    [InlineData("a.tar.bz2")]
    [InlineData("a.tar.xz")]
    public void Write_archives_that_are_only_read_is_refused(string name)
    {
        StructureFormatException problem = Assert.Throws<StructureFormatException>(() =>
            StructureFile.Write(folder[name], Polonium("po"))
        );
        Assert.Contains("let the name end in .zip or .tar.gz", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder[""]));
    }

    [Fact]
    public void Write_databases_into_an_archive_is_refused() =>
        Assert.Contains(
            "write the database itself, such as crystals.db",
            Assert
                .Throws<StructureFormatException>(() =>
                    StructureFile.Write(folder["a.zip"], new AseDatabaseFormat(), [Polonium("po")])
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Write_that_stops_leaves_the_former_file()
    {
        File.WriteAllText(folder["a.zip"], "precious");
        using (DataSetWriter writer = new(folder["a.zip"]))
        {
            writer.Add(Polonium("po"));
        }

        Assert.Equal("precious", File.ReadAllText(Assert.Single(Directory.GetFiles(folder[""]))));
    }

    private static CrystalRecord Polonium(string name) =>
        new(name, new Structure(Lattice.Cubic(3.35), [new Site(Element.FromSymbol("Po"), default)]));
}
