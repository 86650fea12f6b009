using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.Ase;

public sealed class AseDatabaseTests : IDisposable
{
    private const string Seed = "0N0XIzNsQ0O2";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_returns_exact_lattice_vectors_names_splits_and_labels() =>
        CrystalGenerator
            .Records.Array[1, 8]
            .Sample(
                records =>
                {
                    StructureFile.Write(folder["a.db"], records);
                    IReadOnlyList<CrystalRecord> again = StructureFile.Read(folder["a.db"]);
                    Assert.Equal(records.Length, again.Count);
                    Assert.All(records.Zip(again), pair => AssertSame(pair.First, pair.Second));
                },
                seed: Seed,
                iter: 50,
                threads: 1
            );

    [Fact]
    public void Write_any_names_returns_them() =>
        Gen.Select(Gen.String[0, 6], Gen.Dictionary(Gen.String[1, 4], Gen.Double[-1e6, 1e6])[0, 5])
            .Sample(
                (name, labels) =>
                {
                    CrystalRecord record = Polonium(1) with { Id = Sendable(name), Split = Sendable(name) };
                    record = record with
                    {
                        Labels = record.Labels.AddRange(labels.Where(label => Sendable(label.Key) == label.Key)),
                    };
                    StructureFile.Write(folder["names.db"], record);
                    CrystalRecord again = StructureFile.ReadSingle(folder["names.db"]);
                    Assert.Equal((record.Id, record.Split), (again.Id, again.Split));
                    Assert.Equal(record.Labels, again.Labels);
                },
                seed: Seed,
                iter: 200,
                threads: 1
            );

    [Theory]
    [InlineData("123")]
    [InlineData("1e5")]
    [InlineData("NaN")]
    [InlineData("-inf")]
    [InlineData("1_000")]
    [InlineData("")]
    [InlineData("mp-149")]
    public void Write_names_that_are_numbers_returns_them(string name)
    {
        CrystalRecord record = Polonium(1) with { Id = name };
        StructureFile.Write(folder["a.db"], record);
        Assert.Equal(record.Id, StructureFile.ReadSingle(folder["a.db"]).Id);
    }

    [Fact]
    public void Write_twice_gives_the_same_bytes()
    {
        CrystalRecord[] records = [.. Enumerable.Range(1, 300).Select(Polonium), Polonium(1)];
        StructureFile.Write(folder["a.db"], records);
        StructureFile.Write(folder["b.db"], records);
        Assert.Equal(File.ReadAllBytes(folder["a.db"]), File.ReadAllBytes(folder["b.db"]));
    }

    [Theory]
    [InlineData("a;b=c.db")]
    [InlineData("what?mode=memory.db")]
    [InlineData("a#b.db")]
    [InlineData("100%.db")]
    [InlineData("%41.db")]
    [InlineData("file:a.db")]
    [InlineData(":memory:.db")]
    [InlineData("|DataDirectory|.db")]
    [InlineData("a'b \"c\".db")]
    [InlineData("Größe 日本.db")]
    public void Write_to_any_name_writes_that_file(string name)
    {
        StructureFile.Write(folder[name], Polonium(1));
        Assert.Equal(folder[name], Assert.Single(Directory.GetFiles(folder[""])));
        Assert.Equal("po-1", StructureFile.ReadSingle(folder[name]).Id);
        Assert.Equal(folder[name], Assert.Single(Directory.GetFiles(folder[""])));
    }

    [Fact]
    public void Write_that_stops_leaves_the_former_file()
    {
        File.WriteAllText(folder["a.db"], "precious");
        using (DataSetWriter writer = new(folder["a.db"]))
        {
            writer.Add(Polonium(1));
        }

        Assert.Equal("precious", File.ReadAllText(Assert.Single(Directory.GetFiles(folder[""]))));
    }

    [Fact]
    public void Write_compressed_or_into_no_folder_is_refused()
    {
        Assert.Contains(
            "not compressed",
            Assert.Throws<StructureFormatException>(() => StructureFile.Write(folder["a.db.gz"], Polonium(1))).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "cannot be written",
            Assert
                .Throws<StructureFormatException>(() => StructureFile.Write(folder["absent/a.db"], Polonium(1)))
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_position_ends_at_the_length_of_the_file()
    {
        StructureFile.Write(folder["a.db"], [.. Enumerable.Range(1, 500).Select(Polonium)]);
        ReadingPosition position = new();
        long length = new FileInfo(folder["a.db"]).Length;
        long last = 0;
        foreach (DataSetEntry entry in DataSet.Read(folder["a.db"], position))
        {
            Assert.True(entry.IsRecord);
            Assert.InRange(position.BytesRead, last, length);
            last = position.BytesRead;
        }

        Assert.Equal(length, position.BytesRead);
    }

    [Fact]
    public void Read_folder_takes_databases_and_leaves_pictures_of_windows()
    {
        StructureFile.Write(folder["a.db"], Polonium(1), Polonium(2));
        File.WriteAllText(folder["Thumbs.db"], "pictures");
        Assert.Equal(["a/po-1", "a/po-2"], StructureFile.Read(folder[""]).Select(record => record.Id));
    }

    private static string Sendable(string text) => new([.. text.Where(letter => !char.IsSurrogate(letter))]);

    private static CrystalRecord Polonium(int number)
    {
        CrystalRecord record = new(
            $"po-{number}",
            new Structure(Lattice.Cubic(3 + (0.001 * number)), [new Site(Element.FromSymbol("Po"), default)])
        );
        return record with { Labels = record.Labels.Add("e_hull", 0.01 * number) };
    }

    private static void AssertSame(CrystalRecord expected, CrystalRecord actual)
    {
        Assert.Equal((expected.Id, expected.Split), (actual.Id, actual.Split));
        Assert.Equal(expected.Labels, actual.Labels);
        Assert.Equal(expected.Structure.Lattice, actual.Structure.Lattice);
        CrystalAssert.Same(expected.Structure, actual.Structure);
    }
}
