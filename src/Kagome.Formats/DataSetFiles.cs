using Kagome.Formats.Archives;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>A data set of many files.</summary>
internal static class DataSetFiles
{
    /// <summary>The entries of all files of known formats, or of all files where the format is given.</summary>
    /// <exception cref="StructureFormatException">While enumerating: no file is of a known format, or the files cannot be listed.</exception>
    public static IEnumerable<DataSetEntry> Read(IFileSet files, IStructureFormat? format, ReadingPosition position)
    {
        IReadOnlyList<FileSetEntry> all = files.List();
        FileSetEntry[] known =
        [
            .. all.Where(file =>
                !IsOfSystem(file) && (format is not null || StructureFormats.FindForFile(file.Name) is not null)
            ),
        ];
        HashSet<string> written = [.. known.Where(file => file.Length > 0).Select(VaspPath).OfType<string>()];
        HashSet<string> chosen = [.. known.Where(file => IsChosen(file, written)).Select(file => file.Name)];
        if (chosen.Count == 0)
        {
            string kind = files.IsArchive ? "archive" : "folder";
            throw new StructureFormatException(
                files.Location,
                line: null,
                $"the {kind} holds no file of a known format; expected files such as NaCl.cif."
            );
        }

        CrystalNames names = new(chosen, Root(files));
        foreach (FileSetEntry nested in all.Where(file => files.IsArchive && Archive.IsArchive(file.Name)))
        {
            yield return new DataSetEntry(
                new StructureFormatException(
                    $"{files.Location}/{nested.Name}",
                    line: null,
                    "is an archive within an archive; unpack the outer one first."
                )
            );
        }

        foreach (DataSetEntry entry in DataSet.EndedByProblem(ReadEach(files, chosen, names, format, position)))
        {
            yield return entry;
        }
    }

    private static IEnumerable<DataSetEntry> ReadEach(
        IFileSet files,
        HashSet<string> chosen,
        CrystalNames names,
        IStructureFormat? format,
        ReadingPosition position
    ) =>
        files
            .Open(chosen, position)
            .SelectMany(file =>
                Named(
                    names.Of(file.Name),
                    ReadFile(files, file, format ?? StructureFormats.ForFile(file.Name), position)
                )
            );

    private static IEnumerable<DataSetEntry> ReadFile(
        IFileSet files,
        FileSetMember file,
        IStructureFormat format,
        ReadingPosition position
    ) =>
        format is IDatabaseFormat && (files.IsArchive || Compression.IsCompressed(file.Path))
            ?
            [
                new DataSetEntry(
                    new StructureFormatException(
                        file.Path,
                        line: null,
                        $"is a {format.Name} database within an archive, or compressed; unpack it first."
                    )
                ),
            ]
            : DataSet.ReadFile(file.Path, format, file.Open, position);

    /// <summary>Pictures that Windows keeps in folders, in a file that is called like a database.</summary>
    private static bool IsOfSystem(FileSetEntry file) =>
        Path.GetFileName(file.Name).Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of VASP's files in one folder, the relaxed crystal, or where there is none yet the one that it began from.</summary>
    private static bool IsChosen(FileSetEntry file, HashSet<string> written)
    {
        bool hasFinal = written.Contains($"{Folder(file)}CONTCAR");
        bool hasFirst = written.Contains($"{Folder(file)}POSCAR");
        return VaspPath(file)?[Folder(file).Length..] switch
        {
            "POSCAR" => !hasFinal,
            "CONTCAR" => hasFinal || !hasFirst,
            "XDATCAR" => !hasFinal && !hasFirst,
            _ => true,
        };
    }

    /// <summary>The folder and the word of a file that VASP named; null for others.</summary>
    private static string? VaspPath(FileSetEntry file)
    {
        string name = Path.GetFileName(Compression.PlainName(file.Name));
        return SourceFile.IsVaspName(name) ? Folder(file) + name.ToUpperInvariant() : null;
    }

    private static string Folder(FileSetEntry file) => file.Name[..(file.Name.LastIndexOf('/') + 1)];

    private static string Root(IFileSet files) =>
        Path.GetFileName(Archive.PlainName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(files.Location))));

    /// <summary>Names the crystal of a file of one after the file: blocks inside are often called alike.</summary>
    public static IEnumerable<DataSetEntry> Named(string name, IEnumerable<DataSetEntry> entries)
    {
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
                yield return WithId(first!, id => $"{name}/{id}");
            }

            yield return WithId(entry, id => $"{name}/{id}");
        }

        if (count == 1)
        {
            yield return WithId(first!, _ => name);
        }
    }

    private static DataSetEntry WithId(DataSetEntry entry, Func<string, string> name) =>
        entry.IsRecord ? new DataSetEntry(entry.Record with { Id = name(entry.Record.Id) }) : entry;
}
