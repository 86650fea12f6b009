using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests;

public sealed class DataSetWriterTests
{
    public static TheoryData<string> SeveralFormats =>
        [.. StructureFormats.All.Where(format => format.CanWriteSeveral).Select(format => format.Name)];

    /// <summary>More than one part of those that are written as they come.</summary>
    [Theory]
    [MemberData(nameof(SeveralFormats))]
    public void Add_one_at_a_time_gives_the_file_that_all_at_once_give(string name)
    {
        using TemporaryFolder folder = new();
        IStructureFormat format = StructureFormats.ByName(name);
        CrystalRecord[] records = [.. Enumerable.Range(1, 600).Select(Polonium)];
        using (DataSetWriter writer = new(folder["streamed"], format))
        {
            Array.ForEach(records, writer.Add);
            Assert.False(File.Exists(folder["streamed"]));
            writer.Complete();
            Assert.Equal(600, writer.Count);
        }

        StructureFile.Write(folder["whole"], format, records);
        Assert.Equal(File.ReadAllText(folder["whole"]), File.ReadAllText(folder["streamed"]));
    }

    [Fact]
    public void Dispose_before_the_end_leaves_nothing_and_the_former_file()
    {
        using TemporaryFolder folder = new();
        string path = folder["set.jsonl.gz"];
        File.WriteAllText(path, "precious");
        using (DataSetWriter writer = new(path))
        {
            Array.ForEach([.. Enumerable.Range(1, 600).Select(Polonium)], writer.Add);
        }

        Assert.Equal("precious", File.ReadAllText(Assert.Single(Directory.GetFileSystemEntries(folder[""]))));
    }

    [Fact]
    public void Complete_without_a_crystal_is_refused()
    {
        using TemporaryFolder folder = new();
        using DataSetWriter writer = new(folder["set.jsonl"]);
        Assert.Throws<InvalidOperationException>(writer.Complete);
    }

    [Fact]
    public void Add_a_second_to_a_format_of_one_is_refused()
    {
        using TemporaryFolder folder = new();
        using DataSetWriter writer = new(folder["one.vasp"]);
        writer.Add(Polonium(1));
        Assert.Throws<ArgumentException>(() => writer.Add(Polonium(2)));
    }

    [Fact]
    public void Folder_that_is_absent_is_named()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder["absent"], "set.jsonl");
        Assert.Contains(
            path,
            Assert.Throws<StructureFormatException>(() => new DataSetWriter(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Read_position_ends_at_the_length_of_all_files()
    {
        using TemporaryFolder folder = new();
        ReadingPosition position = new();
        long total = 0;
        foreach (string name in new[] { "a.jsonl", "b.jsonl.gz" })
        {
            DataSet.Write(folder[name], [.. Enumerable.Range(1, 50).Select(Polonium)]);
            total += new FileInfo(folder[name]).Length;
            Assert.Equal(50, DataSet.Read(folder[name], position).Count());
            Assert.Equal(total, position.BytesRead);
        }
    }

    private static CrystalRecord Polonium(int number)
    {
        CrystalRecord record = new(
            $"po-{number}",
            new Structure(Lattice.Cubic(3 + (0.001 * number)), [new Site(Element.FromSymbol("Po"), default)])
        );
        return record with { Labels = record.Labels.Add("e_hull", 0.01 * number) };
    }
}
