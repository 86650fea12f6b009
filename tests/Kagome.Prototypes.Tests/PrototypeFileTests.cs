using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
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
        Assert.SkipUnless(SymmetryFinder.IsAvailable, SymmetryFinder.Missing);
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
