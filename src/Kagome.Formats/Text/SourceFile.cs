using System.Text;

namespace Kagome.Formats.Text;

/// <summary>Opens files for reading, compressed ones too.</summary>
internal static class SourceFile
{
    /// <summary>Words that VASP's files are called by, with anything before or behind: no ends of names.</summary>
    private static readonly string[] VaspNames = ["POSCAR", "CONTCAR", "XDATCAR"];

    /// <summary>Ends of names that have a VASP word in them; what else follows a point there belongs to the name.</summary>
    private static readonly string[] Endings =
    [
        ".poscar",
        ".contcar",
        ".xdatcar",
        ".vasp",
        ".cif",
        ".mcif",
        ".xyz",
        ".extxyz",
        ".json",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".txt",
    ];

    /// <summary>The text of a file, decompressed where its name ends in .gz, .bz2 or .xz.</summary>
    /// <exception cref="StructureFormatException">There is no such file, it is empty, too long, or may not be read.</exception>
    public static TextReader Open(string path, bool isStreamed, ReadingPosition? position = null) =>
        Guard(
            path,
            () =>
            {
                FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
                if (Problem(file.Length, isStreamed) is { } problem)
                {
                    file.Dispose();
                    throw new StructureFormatException(path, line: null, problem);
                }

                position?.Follow(file);
                return Open(file, path, new DecompressionBudget(file.Length));
            }
        );

    /// <summary>The text of an open file or of a member of an archive.</summary>
    /// <param name="content">Which the reader closes.</param>
    /// <param name="name">Tells whether it is compressed.</param>
    /// <param name="budget">How much it may become.</param>
    public static TextReader Open(Stream content, string name, DecompressionBudget budget) =>
        new StreamReader(Compression.Open(content, name, budget), Encoding.UTF8);

    /// <summary>What <paramref name="open"/> gives; the operating system's reasons against it are problems of the file.</summary>
    /// <exception cref="StructureFormatException">It cannot be opened.</exception>
    public static T Guard<T>(string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or NotSupportedException
                        or InvalidDataException
            )
        {
            throw new StructureFormatException(
                path,
                line: null,
                $"cannot be opened: {exception.Message} Check the name and the permissions.",
                innerException: exception
            );
        }
    }

    /// <summary>The name without folders and endings, of which .gz is one; mp-1.5_POSCAR and CONTCAR.relax have none.</summary>
    public static string Stem(string path)
    {
        string name = Path.GetFileName(Compression.PlainName(path));
        bool tellsVasp = VaspNames.Any(vasp => name.Contains(vasp, StringComparison.OrdinalIgnoreCase));
        return tellsVasp && !Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
            ? name
            : Path.GetFileNameWithoutExtension(name);
    }

    /// <summary>Whether a name without compression is one that VASP itself gives: it says nothing of the crystal.</summary>
    public static bool IsVaspName(string name) => VaspNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string? Problem(long bytes, bool isStreamed)
    {
        if (bytes == 0)
        {
            return "is empty; expected at least one crystal.";
        }

        return !isStreamed && bytes > FormatLimits.MaximumCharacters
            ? $"has {bytes} bytes; expected at most {FormatLimits.MaximumCharacters}. Split it, or use JSON lines for large data sets."
            : null;
    }
}

/// <summary>The progress of reading files, in bytes of the files themselves: for estimates of the time that is left.</summary>
public sealed class ReadingPosition
{
    private Func<long>? current;
    private long currentLength;
    private long finished;

    /// <summary>The bytes read of all files together, those that were read before included.</summary>
    public long BytesRead => finished + (current?.Invoke() ?? currentLength);

    internal void Follow(FileStream file)
    {
        long length = file.Length;
        Follow(length, () => file.CanRead ? file.Position : length);
    }

    /// <summary>Goes on with a file that is read here and there.</summary>
    /// <param name="length">Of the file, in bytes.</param>
    /// <param name="place">How many of them count as read; as many as there are when it was read.</param>
    internal void Follow(long length, Func<long> place)
    {
        finished += currentLength;
        (current, currentLength) = (place, length);
    }
}
