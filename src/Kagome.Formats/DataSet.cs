using Kagome.Crystals.Structures;
using Kagome.Formats.Archives;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>Many crystals with their labels, in a file or a folder of files.</summary>
public static class DataSet
{
    /// <summary>Reads the entries of a data set one at a time; damaged ones hold their reason.</summary>
    /// <param name="path">
    /// A file of any known format, a folder, or an archive (zip, tar, tar.gz and the like). Of these two, files of known formats are read in the
    /// order of their paths, also in folders within (links to folders and hidden files are passed over), and a file of one crystal names it; of
    /// mp-1/CONTCAR, which may also be given by itself, the folder does. Where CONTCAR and POSCAR lie beside each other the former is read, unless it is empty.
    /// </param>
    /// <remarks>JSON lines, CSV, extended XYZ and ASE databases of any length take little memory.</remarks>
    /// <exception cref="StructureFormatException">The path is neither a folder nor a file whose name tells a format.</exception>
    public static IEnumerable<DataSetEntry> Read(string path) => Read(path, new ReadingPosition());

    /// <summary>Reads a data set while something watches how far the reading is.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static IEnumerable<DataSetEntry> Read(string path, ReadingPosition position) =>
        ReadMany(path, format: null, position) ?? Read(path, StructureFormats.ForFile(path), position);

    /// <summary>Reads a file whose format its name does not tell, or a folder or archive of such files.</summary>
    /// <exception cref="StructureFormatException">There is no such file.</exception>
    /// <inheritdoc cref="Read(string)"/>
    public static IEnumerable<DataSetEntry> Read(string path, IStructureFormat format) =>
        Read(path, format, new ReadingPosition());

    /// <summary>Reads a file of a known format while something watches how far the reading is.</summary>
    /// <inheritdoc cref="Read(string, IStructureFormat)"/>
    public static IEnumerable<DataSetEntry> Read(string path, IStructureFormat format, ReadingPosition position) =>
        ReadMany(path, format, position) is { } entries ? entries
        : File.Exists(path)
            ? NamedByFolder(
                path,
                ReadFile(path, format, isStreamed => SourceFile.Open(path, isStreamed, position), position)
            )
        : throw new StructureFormatException(path, line: null, "there is no such file or folder; check the name.");

    /// <summary>Writes a data set to one file: JSON lines and ASE databases keep names, splits and labels.</summary>
    /// <inheritdoc cref="StructureFile.Write(string, IReadOnlyList{CrystalRecord})"/>
    public static void Write(string path, IReadOnlyList<CrystalRecord> records) => StructureFile.Write(path, records);

    /// <summary>The entries of a file; where it cannot be read further, the last entry says why.</summary>
    /// <param name="path">The file; of a text, what to call it.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="open">Gives the text; told whether any length is welcome. Not used of a database.</param>
    /// <param name="position">Follows how far the reading of a database is.</param>
    internal static IEnumerable<DataSetEntry> ReadFile(
        string path,
        IStructureFormat format,
        Func<bool, TextReader> open,
        ReadingPosition position
    ) =>
        EndedByProblem(
            format switch
            {
                ITextFormat text => Open(path, text, open),
                IDatabaseFormat when Compression.IsCompressed(path) => throw new StructureFormatException(
                    path,
                    line: null,
                    $"is a compressed {format.Name} database, which cannot be read from its beginning to its end; unpack it first."
                ),
                IDatabaseFormat database => database.Read(path, position),
                _ => throw new ArgumentException(
                    $"{format.Name} is neither an {nameof(ITextFormat)} nor an {nameof(IDatabaseFormat)}.",
                    nameof(format)
                ),
            }
        );

    /// <summary>The entries, and as the last one the problem that ended them, if one did.</summary>
    internal static IEnumerable<DataSetEntry> EndedByProblem(IEnumerable<DataSetEntry> entries)
    {
        using IEnumerator<DataSetEntry> enumerator = entries.GetEnumerator();
        while (true)
        {
            DataSetEntry? entry;
            bool isLast = false;
            try
            {
                entry = enumerator.MoveNext() ? enumerator.Current : null;
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

    /// <summary>Of mp-1/CONTCAR the folder tells the name, as where the folder is read.</summary>
    private static IEnumerable<DataSetEntry> NamedByFolder(string path, IEnumerable<DataSetEntry> entries) =>
        SourceFile.IsVaspName(Path.GetFileName(Compression.PlainName(path)))
        && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) is { Length: > 0 } folder
            ? DataSetFiles.Named(folder, entries)
            : entries;

    /// <summary>The entries of a folder or an archive; null where the path is neither.</summary>
    private static IEnumerable<DataSetEntry>? ReadMany(
        string path,
        IStructureFormat? format,
        ReadingPosition position
    ) =>
        Directory.Exists(path) ? DataSetFiles.Read(new DirectoryFiles(path), format, position)
        : Archive.IsArchive(path) && File.Exists(path) ? DataSetFiles.Read(Archive.At(path), format, position)
        : null;

    private static IEnumerable<DataSetEntry> Open(string path, ITextFormat format, Func<bool, TextReader> open)
    {
        using TextReader reader = open(format.IsStreamed);
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
