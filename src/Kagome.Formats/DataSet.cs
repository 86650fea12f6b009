using Kagome.Core.Structures;
using Kagome.Formats.Reading;

namespace Kagome.Formats;

/// <summary>Many crystals with their labels, in a file or a folder of files.</summary>
public static class DataSet
{
    /// <summary>Reads the entries of a data set one at a time; damaged ones hold their reason.</summary>
    /// <param name="path">
    /// A file of any known format, or a folder. Of a folder, files of known formats are read in the order of their paths, also in
    /// folders within (links to folders and hidden files are passed over), and a file of one crystal names it.
    /// </param>
    /// <remarks>JSON lines, CSV and extended XYZ of any length take little memory.</remarks>
    /// <exception cref="StructureFormatException">The path is neither a folder nor a file whose name tells a format.</exception>
    public static IEnumerable<DataSetEntry> Read(string path) => Read(path, new ReadingPosition());

    /// <summary>Reads a data set while something watches how far the reading is.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static IEnumerable<DataSetEntry> Read(string path, ReadingPosition position) =>
        Directory.Exists(path)
            ? DataSetFolder.Read(path, position)
            : Read(path, StructureFormats.ForFile(path), position);

    /// <summary>Reads a file whose format its name does not tell.</summary>
    /// <exception cref="StructureFormatException">There is no such file.</exception>
    /// <inheritdoc cref="Read(string)"/>
    public static IEnumerable<DataSetEntry> Read(string path, IStructureFormat format) =>
        Read(path, format, new ReadingPosition());

    /// <summary>Reads a file of a known format while something watches how far the reading is.</summary>
    /// <inheritdoc cref="Read(string, IStructureFormat)"/>
    public static IEnumerable<DataSetEntry> Read(string path, IStructureFormat format, ReadingPosition position) =>
        File.Exists(path)
            ? ReadFile(path, format, position)
            : throw new StructureFormatException(path, line: null, "there is no such file or folder; check the name.");

    /// <summary>Writes a data set to one file: JSON lines keep names, splits and labels.</summary>
    /// <inheritdoc cref="StructureFile.Write(string, IReadOnlyList{CrystalRecord})"/>
    public static void Write(string path, IReadOnlyList<CrystalRecord> records) => StructureFile.Write(path, records);

    /// <summary>The entries of a file; where the file as a whole cannot be read further, the last entry says why.</summary>
    internal static IEnumerable<DataSetEntry> ReadFile(string path, IStructureFormat format, ReadingPosition position)
    {
        using IEnumerator<DataSetEntry> entries = Open(path, format, position).GetEnumerator();
        while (true)
        {
            DataSetEntry? entry;
            bool isLast = false;
            try
            {
                entry = entries.MoveNext() ? entries.Current : null;
            }
            catch (StructureFormatException problem)
            {
                (entry, isLast) = (new DataSetEntry(problem), true);
            }

            if (entry is null)
            {
                yield break;
            }

            yield return entry;
            if (isLast)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<DataSetEntry> Open(string path, IStructureFormat format, ReadingPosition position)
    {
        using TextReader reader = SourceFile.Open(path, format.IsStreamed, position);
        foreach (DataSetEntry entry in format.Read(reader, path))
        {
            yield return entry;
        }
    }
}
