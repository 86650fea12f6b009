using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Testing;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Prototypes.Tests;

public sealed class PrototypeFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder["typical.prototypes"];

    [Fact]
    public void Write_and_open_gives_the_same_library()
    {
        using PrototypeLibrary library = Library(Dozen);
        library.Write(Path);
        using PrototypeLibrary read = PrototypeLibrary.Open(Path);
        Assert.Equal(Content(library), Content(read));
        Assert.Equal(["book"], read.Description.Sources);
        Assert.Equal((12, 8), (read.Description.CrystalCount, read.Description.TypeCount));
        Assert.Equal(library.Formulas, read.Formulas);
        Assert.All(read.Formulas, formula => Assert.Equal(library.CrystalCount(formula), read.CrystalCount(formula)));
        Assert.Null(read.Find(new AnonymousFormula([7, 9])));
        Assert.Equal(0, read.CrystalCount(new AnonymousFormula([7, 9])));
    }

    [Theory]
    [InlineData(-0.0214)]
    [InlineData(-0.0001)]
    [InlineData(0.0)]
    [InlineData(1234.5678)]
    [InlineData(null)]
    public void Write_and_open_keeps_any_energy_also_those_below_the_hull(double? energy)
    {
        using PrototypeLibrary library = Library(Record("x", RockSalt("Na", "Cl", 5.6), energy));
        library.Write(Path);
        using PrototypeLibrary read = PrototypeLibrary.Open(Path);
        KnownCrystal crystal = Assert.Single(read.Find(new AnonymousFormula([1, 1]))!.Crystals);
        Assert.Equal(energy is null, crystal.EnergyAboveHull is null);
        Assert.Equal(energy ?? 0, crystal.EnergyAboveHull ?? 0, 1e-9);
    }

    [Fact]
    public void Write_and_open_keeps_atoms_on_their_special_positions()
    {
        using PrototypeLibrary library = Library(Dozen);
        library.Write(Path);
        using PrototypeLibrary read = PrototypeLibrary.Open(Path);
        SymmetryFinder strict = new(1e-4);
        KnownCrystal[] crystals = [.. Crystals(read)];
        foreach (CrystalRecord record in Dozen)
        {
            int? expected = strict.Find(record.Structure)?.Group.Number;
            KnownCrystal crystal = Assert.Single(crystals, crystal => crystal.Id == record.Id);
            Assert.NotNull(expected);
            Assert.Equal(expected, strict.Find(crystal.Structure)?.Group.Number);
            Assert.Equal(expected, crystal.SpaceGroup);
            Assert.Equal(record.Structure.VolumePerAtom, crystal.VolumePerAtom, 1e-3);
        }
    }

    [Fact]
    public void Open_cut_off_anywhere_is_refused_when_it_is_opened_or_asked()
    {
        byte[] whole = Written();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<PrototypeLibraryException>(() => ContentOf(whole[..length]));
        }
    }

    [Fact]
    public void Open_with_a_changed_byte_is_refused_or_the_same()
    {
        byte[] whole = Written();
        string expected = ContentOf(whole);
        Random random = new(5);
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] changed = [.. whole];
            int at = trial < 40 ? trial : random.Next(changed.Length); // all of the prefix, then anywhere
            changed[at] ^= (byte)random.Next(1, 256);
            try
            {
                Assert.Equal(expected, ContentOf(changed));
            }
            catch (PrototypeLibraryException exception)
            {
                Assert.Contains(Path, exception.Message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Heads and blocks of right checksums, as a program of the future or a careless one may write them.</summary>
    [Theory]
    [InlineData("\"Description\"", "\"\"")]
    [InlineData("\"Counts\"", "\"\"")]
    [InlineData("\"Counts\":[1,1]", "\"Counts\":null")]
    [InlineData("\"Counts\":[1,1]", "\"Counts\":[2147483647,1]")]
    [InlineData("\"Blocks\":[", "\"Blocks\":[null,")]
    [InlineData("[\"book\"]", "[null]")]
    [InlineData("\"AtomicVolumes\":[0,", "\"AtomicVolumes\":[")]
    [InlineData("\"Offset\":0", "\"Offset\":-9223372036854775808")]
    public void Open_withAHeadThatLacksSomething_isRefused(string part, string replacement)
    {
        byte[] bytes = Written();
        (string head, byte[] blocks) = Parts(bytes);
        Assert.Contains(part, head, StringComparison.Ordinal);
        Assert.Throws<PrototypeLibraryException>(() =>
            ContentOf(Assembled(bytes, head.Replace(part, replacement, StringComparison.Ordinal), blocks))
        );
    }

    [Fact]
    public void Find_inABlockThatEndsWithinAName_isRefused()
    {
        byte[] bytes = Written();
        (string head, _) = Parts(bytes);
        byte[] block = Packed([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255]);
        JsonNode changed = JsonNode.Parse(head)!;
        JsonNode entry = changed["Blocks"]![0]!;
        (entry["Length"], entry["Checksum"]) = (block.Length, Crc32.HashToUInt32(block));
        changed["Blocks"] = new JsonArray(entry.DeepClone());
        Assert.Throws<PrototypeLibraryException>(() => ContentOf(Assembled(bytes, changed.ToJsonString(), block)));
    }

    [Theory]
    [InlineData(9_000_000, 18_000_001)] // 180.00001 degrees
    [InlineData(564_000, 1)] // Å and degrees: 10^-5 of each
    public void Read_blockOfACellThatCannotBe_isRefused(int fourth, int last)
    {
        AnonymousFormula formula = new([1]);
        KnownCrystal crystal = new(
            formula,
            [new(84)],
            new PackedCell([335_000, 335_000, 335_000, fourth, 9_000_000, last], [0, 0, 0])
        )
        {
            Id = "Po",
            Source = "book",
            Type = 0,
            SpaceGroup = null,
            EnergyAboveHull = null,
        };
        using MemoryStream stream = new();
        PrototypeBlock.Write(
            stream,
            new PrototypeGroup(
                formula,
                [crystal],
                [
                    [0],
                ]
            ),
            ["book"]
        );
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => PrototypeBlock.Read(stream, formula, ["book"]));
    }

    [Fact]
    public void Open_of_another_version_says_which_and_what_to_do()
    {
        byte[] bytes = Written();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 99);
        string message = Assert.Throws<PrototypeLibraryException>(() => ContentOf(bytes)).Message;
        Assert.Contains("version 99", message, StringComparison.Ordinal);
        Assert.Contains("Build it again", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data_NaCl, and no library at all, whatever its name says")]
    public void Open_what_is_no_library_is_refused(string text)
    {
        File.WriteAllText(Path, text);
        PrototypeLibraryException exception = Assert.Throws<PrototypeLibraryException>(() =>
            PrototypeLibrary.Open(Path)
        );
        Assert.Equal(Path, exception.Path);
        Assert.Contains("no library of prototypes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_where_a_library_is_replaces_it_whole()
    {
        using (PrototypeLibrary library = Library(Dozen))
        {
            library.Write(Path);
        }

        using PrototypeLibrary other = Library(Dozen.Take(2));
        other.Write(Path);
        using PrototypeLibrary read = PrototypeLibrary.Open(Path);
        Assert.Equal(Content(other), Content(read));
        Assert.Equal(["typical.prototypes"], folder.FileNames);
    }

    public void Dispose() => folder.Dispose();

    private byte[] Written()
    {
        using PrototypeLibrary library = Library(Dozen.Take(4));
        library.Write(Path);
        return File.ReadAllBytes(Path);
    }

    private static (string Head, byte[] Blocks) Parts(byte[] file)
    {
        int end = 20 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));
        return (Encoding.UTF8.GetString(file.AsSpan(20, end - 20)), file[end..]);
    }

    /// <summary>A file whose head has the right length and checksum.</summary>
    private static byte[] Assembled(byte[] file, string head, byte[] blocks)
    {
        byte[] text = Encoding.UTF8.GetBytes(head);
        byte[] assembled = [.. file.AsSpan(0, 20), .. text, .. blocks];
        BinaryPrimitives.WriteInt32LittleEndian(assembled.AsSpan(12), text.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(assembled.AsSpan(16), Crc32.HashToUInt32(text));
        return assembled;
    }

    private static byte[] Packed(byte[] block)
    {
        using MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(block);
        }

        return packed.ToArray();
    }

    private string ContentOf(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        using PrototypeLibrary library = PrototypeLibrary.Open(Path);
        return Content(library);
    }

    /// <summary>All that a library says.</summary>
    private static string Content(PrototypeLibrary library) =>
        string.Join(
            '\n',
            [
                JsonSerializer.Serialize(library.Description),
                .. library.Formulas.Select(formula =>
                    $"{formula}: {string.Join(';', library.Find(formula)!.CanonicalOrders.Select(orders => string.Join(',', orders)))} {string.Join(',', library.Find(formula)!.Members)}"
                ),
                .. Crystals(library)
                    .Select(crystal =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{crystal.Formula} {crystal.Id} {crystal.Source} {crystal.Type} {crystal.SpaceGroup} {crystal.EnergyAboveHull:F4} {string.Join(',', crystal.Elements)} {string.Join(',', crystal.Cell.Parameters)} {string.Join(',', crystal.Cell.Coordinates)}"
                        )
                    ),
            ]
        );

    private static IEnumerable<KnownCrystal> Crystals(PrototypeLibrary library) =>
        library.Formulas.SelectMany(formula => library.Find(formula)!.Crystals);
}
