using System.IO.Compression;
using Kagome.Crystals.Structures;
using Kagome.Formats.Tests.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests;

public sealed class CompressedFileTests
{
    private const int Samples = 300;

    [Fact]
    public void Read_file_that_breaks_off_says_so()
    {
        byte[] whole = Compress(CifText.RockSalt);

        Assert.All(
            new[] { 1, 8, 9, 40, whole.Length - 5 },
            missing =>
            {
                StructureFormatException problem = Assert.Throws<StructureFormatException>(() =>
                    Read(whole[..^missing])
                );
                Assert.Contains("cannot be read to its end", problem.Message, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void Read_damaged_file_is_a_problem_or_reads_as_the_whole_one()
    {
        byte[] whole = Compress(CifText.RockSalt);
        Structure undamaged = ReadSingle(whole);
        Gen.Select(Gen.Int[10, whole.Length - 5], Gen.Int[1, 255])
            .Sample(
                (place, change) =>
                {
                    byte[] damaged = [.. whole];
                    damaged[place] ^= (byte)change;
                    try
                    {
                        // the last bits before the checksum only fill up a byte
                        CrystalAssert.Same(undamaged, ReadSingle(damaged));
                    }
                    catch (StructureFormatException)
                    {
                        // noticed, as nearly always
                    }
                },
                seed: "0N0XIzNsQ0O2",
                iter: Samples,
                threads: 1
            );
    }

    [Fact]
    public void Read_file_of_several_members_reads_them_all()
    {
        byte[] members = [.. Compress(CifText.RockSalt), .. Compress($"\n{CifText.RockSalt}")];

        Assert.Equal(2, Read(members));
    }

    [Fact]
    public void Read_small_file_of_endless_text_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder["bomb.cif.gz"];
        using (GZipStream target = new(File.Create(path), CompressionLevel.Fastest))
        {
            byte[] emptyLine = [.. Enumerable.Repeat((byte)' ', 1024 * 1024), (byte)'\n'];
            for (long written = 0; written <= FormatLimits.MaximumCharacters; written += emptyLine.Length)
            {
                target.Write(emptyLine);
            }
        }

        StructureFormatException problem = Assert.Throws<StructureFormatException>(() => StructureFile.Read(path));

        Assert.Contains("holds more than 268435456 characters", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>A cell of polonium as the programs xz and bzip2 compress it.</summary>
    private static readonly Dictionary<string, string> Polonium = new()
    {
        [".xz"] =
            "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AA7ADJdABoLgmRMQEcyXpeZPjXWL2DgBRLy3ViLhu0bppWFH8He+5avrVjoXM/38h/cEdAQFQAAAAAA19g0kcr51NcAAU48J6sTYR+2830BAAAAAARZWg==",
        [".bz2"] =
            "QlpoOTFBWSZTWaLvnqMAABRfgAAQQAFuAAQAQAAKJ9YAIABQoGmhkZMQaepIG1MgzTOy9/5oQnQMohqsqoIE6HYowvM3xaT6ZtMmhdyRThQkKLvnqMA=",
    };

    [Theory]
    [InlineData(".xz")]
    [InlineData(".bz2")]
    public void Read_file_of_another_compression(string ending)
    {
        using TemporaryFolder folder = new();
        string path = folder.Add($"mp-1/POSCAR{ending}", "");
        File.WriteAllBytes(path, Convert.FromBase64String(Polonium[ending]));

        CrystalRecord record = StructureFile.ReadSingle(path);

        Assert.Equal(("mp-1", "Po"), (record.Id, record.Structure.Composition.Formula));
    }

    [Theory]
    [InlineData(".xz")]
    [InlineData(".bz2")]
    public void Read_other_compression_that_breaks_off_or_is_damaged_says_so(string ending)
    {
        byte[] whole = Convert.FromBase64String(Polonium[ending]);
        using TemporaryFolder folder = new();
        string path = folder[$"a.jsonl{ending}"];
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 16;
            foreach (byte[] content in new[] { whole[..place], damaged })
            {
                File.WriteAllBytes(path, content);
                Assert.All(Entries(path), message => Assert.NotEmpty(message));
            }
        }
    }

    [Theory]
    [InlineData(".xz", 0)]
    [InlineData(".xz", 4)]
    [InlineData(".bz2", 0)]
    public void Read_several_streams_reads_them_all(string ending, int padding)
    {
        byte[] one = Convert.FromBase64String(Polonium[ending]);
        using TemporaryFolder folder = new();
        string path = folder[$"a.jsonl{ending}"];
        File.WriteAllBytes(path, one);
        int lines = Entries(path).Count;
        File.WriteAllBytes(path, [.. one, .. new byte[padding], .. one]);

        Assert.Equal(2 * lines, Entries(path).Count);
    }

    [Theory]
    [InlineData("a.cif.bz2")]
    [InlineData("a.cif.xz")]
    public void Write_compression_that_is_only_read_is_refused(string name)
    {
        using TemporaryFolder folder = new();

        StructureFormatException problem = Assert.Throws<StructureFormatException>(() =>
            StructureFile.Write(folder[name], new CrystalRecord("a", ReadSingle(Compress(CifText.RockSalt))))
        );

        Assert.Contains("are read and not written", problem.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    /// <summary>A line that is no JSON is a problem each, so that lines can be counted.</summary>
    private static List<string> Entries(string path)
    {
        try
        {
            return [.. DataSet.Read(path).Select(entry => entry.Problem?.Message ?? entry.Record!.Id)];
        }
        catch (StructureFormatException problem)
        {
            return [problem.Message];
        }
    }

    private static int Read(byte[] content) => ReadAll(content).Count;

    private static Structure ReadSingle(byte[] content) => Assert.Single(ReadAll(content)).Structure;

    private static IReadOnlyList<CrystalRecord> ReadAll(byte[] content)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.cif.gz"], content);
        return StructureFile.Read(folder["a.cif.gz"]);
    }

    private static byte[] Compress(string text)
    {
        using MemoryStream stream = new();
        using (StreamWriter writer = new(new GZipStream(stream, CompressionLevel.Optimal)))
        {
            writer.Write(text);
        }

        return stream.ToArray();
    }
}
