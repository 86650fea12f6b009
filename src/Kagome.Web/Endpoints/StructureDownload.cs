using System.IO.Compression;
using System.Text;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Kagome.Formats.Cif;
using Kagome.Formats.Text;

namespace Kagome.Web.Endpoints;

/// <summary>Crystals as files.</summary>
/// <param name="Name">Such as NaCl_001.cif.</param>
/// <param name="Content">Its text.</param>
internal sealed record StructureDownload(string Name, string Content)
{
    private const string SymmetrisedEnding = "_sym.cif";

    private static readonly string[] FormatNames = ["cif", "poscar", "extxyz", "json"];
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same crystals: the same bytes

    /// <summary>A crystal in a format.</summary>
    /// <exception cref="InputException">There is no such format.</exception>
    public static StructureDownload Of(CrystalRecord crystal, string format)
    {
        if (!FormatNames.Contains(format, StringComparer.OrdinalIgnoreCase))
        {
            throw new InputException($"format is '{format}'; expected {string.Join(", ", FormatNames)}.", format);
        }

        ITextFormat chosen = (ITextFormat)StructureFormats.ByName(format);
        return new StructureDownload(
            $"{crystal.Id}{StructureFileNames.EndingOf(chosen)}",
            Text(writer => chosen.Write(writer, [crystal]))
        );
    }

    /// <summary>A crystal's asymmetric unit with the operations of its space group.</summary>
    /// <exception cref="InputException">No space group is found.</exception>
    public static StructureDownload Symmetrised(CrystalRecord crystal) =>
        Symmetrised(crystal, CrystalCells.SymmetryOf(crystal));

    private static StructureDownload Symmetrised(CrystalRecord crystal, CrystalSymmetry symmetry) =>
        new(
            $"{crystal.Id}{SymmetrisedEnding}",
            Text(writer => new CifFormat().Write(writer, crystal.Id, symmetry.Standard))
        );

    /// <summary>All crystals in all formats.</summary>
    public static byte[] Zip(IEnumerable<CrystalRecord> crystals)
    {
        using MemoryStream content = new();
        using (ZipArchive archive = new(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (StructureDownload file in crystals.SelectMany(All))
            {
                ZipArchiveEntry entry = archive.CreateEntry(file.Name);
                entry.LastWriteTime = EntryTime;
                using StreamWriter writer = new(entry.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                writer.Write(file.Content);
            }
        }

        return content.ToArray();
    }

    private static IEnumerable<StructureDownload> All(CrystalRecord crystal)
    {
        foreach (string format in FormatNames)
        {
            yield return Of(crystal, format);
        }

        if (new SymmetryFinder().Find(crystal.Structure) is { Group.Number: > 1 } symmetry)
        {
            yield return Symmetrised(crystal, symmetry);
        }
    }

    private static string Text(Action<TextWriter> write)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        write(writer);
        return writer.ToString();
    }
}
