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
