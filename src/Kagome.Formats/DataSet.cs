using System.IO.Enumeration;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

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

/// <summary>What to do with the entries of a data set that hold no crystal.</summary>
public static class DataSetEntries
{
    /// <summary>The crystals alone, one at a time.</summary>
    /// <param name="entries">The entries of a data set.</param>
    /// <param name="onSkipped">Hears of every entry that is left out, when it is met.</param>
    public static IEnumerable<CrystalRecord> Records(
        this IEnumerable<DataSetEntry> entries,
        Action<StructureFormatException> onSkipped
    )
    {
        foreach (DataSetEntry entry in entries)
        {
            if (entry.IsRecord)
            {
                yield return entry.Record;
            }
            else
            {
                onSkipped(entry.Problem);
            }
        }
    }

    /// <summary>The crystals, one at a time, where every entry has to be one.</summary>
    /// <exception cref="StructureFormatException">While enumerating: the first entry that holds no crystal.</exception>
    public static IEnumerable<CrystalRecord> RecordsOrThrow(this IEnumerable<DataSetEntry> entries) =>
        entries.Records(problem => throw problem);
}

/// <summary>A data set of many files.</summary>
internal static class DataSetFolder
{
    /// <summary>The entries of all files of known formats, in the ordinal order of their paths.</summary>
    /// <exception cref="StructureFormatException">While enumerating: no file is of a known format, or the folder may not be listed.</exception>
    public static IEnumerable<DataSetEntry> Read(string folder, ReadingPosition position)
    {
        string[] paths = Files(folder);
        if (paths.Length == 0)
        {
            throw new StructureFormatException(
                folder,
                line: null,
                "the folder holds no file of a known format; expected files such as NaCl.cif."
            );
        }

        return paths.SelectMany(path => Named(path, DataSet.ReadFile(path, StructureFormats.ForFile(path), position)));
    }

    private static string[] Files(string folder)
    {
        EnumerationOptions options = new()
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        FileSystemEnumerable<string> files = new(
            folder,
            (ref FileSystemEntry entry) => entry.ToSpecifiedFullPath(),
            options
        )
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            // a link to a folder above would never end
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        try
        {
            return
            [
                .. files.Where(path => StructureFormats.FindForFile(path) is not null).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StructureFormatException(
                folder,
                line: null,
                $"cannot be listed: {exception.Message} Check its permissions.",
                innerException: exception
            );
        }
    }

    /// <summary>Names the crystal of a file of one after the file: blocks inside are often called alike.</summary>
    private static IEnumerable<DataSetEntry> Named(string path, IEnumerable<DataSetEntry> entries)
    {
        string stem = SourceFile.Stem(path);
        DataSetEntry? first = null;
        int count = 0;
        foreach (DataSetEntry entry in entries)
        {
            if (++count == 1)
            {
                first = entry;
                continue;
            }

            if (count == 2)
            {
                yield return WithId(first!, id => $"{stem}/{id}");
            }

            yield return WithId(entry, id => $"{stem}/{id}");
        }

        if (count == 1)
        {
            yield return WithId(first!, _ => stem);
        }
    }

    private static DataSetEntry WithId(DataSetEntry entry, Func<string, string> name) =>
        entry.IsRecord ? new DataSetEntry(entry.Record with { Id = name(entry.Record.Id) }) : entry;
}
