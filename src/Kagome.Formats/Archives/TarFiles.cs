using System.Formats.Tar;
using Kagome.Formats.Text;

namespace Kagome.Formats.Archives;

/// <summary>The files of a tar archive, compressed or not: read through once for the names, and once for the files, in its own order.</summary>
internal sealed class TarFiles(string path) : IFileSet
{
    /// <summary>What the archive's own compression is called.</summary>
    private readonly string compression = path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase) ? ".gz" : path;

    public string Location => path;

    public bool IsArchive => true;

    public IReadOnlyList<FileSetEntry> List() =>
        SourceFile.Guard(
            path,
            () =>
            {
                using FileStream file = OpenFile();
                Stream content = Decompressed(file, new DecompressionBudget(file.Length));
                using TarReader archive = new(content);
                FileSetEntry[] entries =
                [
                    .. Files(archive)
                        .Take(Archive.MostEntries + 1)
                        .Select(entry => new FileSetEntry(Archive.NameOf(entry.Name)!, entry.Length)),
                ];
                content.CopyTo(Stream.Null); // to the checksum, which stands behind all that is used
                return Archive.Problem(entries) is { } problem
                    ? throw new StructureFormatException(path, line: null, problem)
                    : entries;
            }
        );

    public IEnumerable<FileSetMember> Open(IReadOnlySet<string> names, ReadingPosition position)
    {
        using FileStream file = OpenFile();
        position.Follow(file);
        DecompressionBudget budget = new(file.Length);
        using TarReader archive = new(Decompressed(file, budget));
        foreach (TarEntry entry in Files(archive))
        {
            string name = Archive.NameOf(entry.Name)!;
            if (names.Contains(name))
            {
                yield return new FileSetMember(
                    name,
                    $"{path}/{name}",
                    _ => SourceFile.Open(entry.DataStream ?? Stream.Null, name, budget)
                );
            }
        }
    }

    /// <summary>Plain files; links lead anywhere and hold nothing.</summary>
    private static IEnumerable<TarEntry> Files(TarReader archive)
    {
        while (Next(archive) is { } entry)
        {
            bool isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
            if (isFile && Archive.NameOf(entry.Name) is not null)
            {
                yield return entry;
            }
        }
    }

    private static TarEntry? Next(TarReader archive)
    {
        try
        {
            return archive.GetNextEntry();
        }
        catch (OverflowException exception)
        {
            throw new InvalidDataException("A number in it is too large for an archive.", exception);
        }
    }

    private Stream Decompressed(FileStream file, DecompressionBudget budget) =>
        Compression.Open(file, compression, budget);

    private FileStream OpenFile() => new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
}
