namespace Kagome.Formats.Archives;

/// <summary>Archives of files, as the ends of their names tell: zip, and tar, compressed or not.</summary>
internal static class Archive
{
    /// <summary>The most files that an archive may hold.</summary>
    public const int MostEntries = 1_000_000;

    private const string Zip = ".zip";

    private static readonly string[] Tars = [".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz"];

    /// <summary>The ends of names, such as .zip.</summary>
    public static IEnumerable<string> Endings => [Zip, .. Tars];

    /// <summary>Whether the name is that of an archive.</summary>
    public static bool IsArchive(string path) => Endings.Any(ending => EndsWith(path, ending));

    /// <summary>The archive of a path, to be read.</summary>
    public static IFileSet At(string path) => EndsWith(path, Zip) ? new ZipFiles(path) : new TarFiles(path);

    /// <summary>A new archive, of the kind that the path tells.</summary>
    /// <param name="path">Of the archive.</param>
    /// <param name="target">What it is written to, which stays open.</param>
    /// <exception cref="StructureFormatException">Archives of this kind are not written.</exception>
    public static ArchiveWriter Writer(string path, Stream target) =>
        EndsWith(path, Zip) ? new ZipWriter(target)
        : EndsWith(path, ".tar") ? new TarGzWriter(target, isCompressed: false)
        : EndsWith(path, ".tar.gz") || EndsWith(path, ".tgz") ? new TarGzWriter(target, isCompressed: true)
        : throw new StructureFormatException(
            path,
            line: null,
            $"archives that end in {Path.GetExtension(path)} are read and not written; let the name end in .zip or .tar.gz."
        );

    /// <summary>The path without the end that tells an archive.</summary>
    public static string PlainName(string path) =>
        Endings.Where(ending => EndsWith(path, ending)).MaxBy(ending => ending.Length) is { } longest
            ? path[..^longest.Length]
            : path;

    /// <summary>A member's name with / between folders; null for hidden files and for what systems put beside.</summary>
    public static string? NameOf(string stored)
    {
        string name = stored.Replace('\\', '/');
        name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        bool isHidden = name.Split('/')
            .Any(part => part is "__MACOSX" || (part.StartsWith('.') && part is not ("." or "..")));
        return name.Length == 0 || name.EndsWith('/') || isHidden ? null : name;
    }

    /// <summary>What is wrong with an archive's list of files; null where it can be used.</summary>
    public static string? Problem(IReadOnlyCollection<FileSetEntry> entries)
    {
        if (entries.Count > MostEntries)
        {
            return $"holds more than {MostEntries} files; split it.";
        }

        if (entries.FirstOrDefault(entry => LeadsOut(entry.Name)).Name is { } outside)
        {
            return $"holds a file named '{outside}', which leads out of it; expected names such as mp-1/CONTCAR.";
        }

        return
            entries.GroupBy(entry => entry.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any())
                is { } twice
            ? $"holds '{twice.Key}' twice; expected each name once."
            : null;
    }

    private static bool LeadsOut(string name) =>
        name.StartsWith('/')
        || name.Contains(':', StringComparison.Ordinal) && name.IndexOf(':', StringComparison.Ordinal) == 1
        || name.Split('/').Contains("..");

    private static bool EndsWith(string path, string ending) =>
        path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
