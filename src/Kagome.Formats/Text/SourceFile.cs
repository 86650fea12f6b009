using System.Text;
using ICSharpCode.SharpZipLib.GZip;

namespace Kagome.Formats.Text;

/// <summary>Opens files for reading, compressed ones too.</summary>
internal static class SourceFile
{
    /// <summary>The text of a file, decompressed where its name ends in .gz.</summary>
    /// <exception cref="StructureFormatException">There is no such file, it is empty, too long, or may not be read.</exception>
    public static TextReader Open(string path, bool isStreamed, ReadingPosition? position = null)
    {
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (Problem(file.Length, isStreamed) is { } problem)
            {
                file.Dispose();
                throw new StructureFormatException(path, line: null, problem);
            }

            position?.Follow(file);
            // .NET's own GZipStream takes a file that breaks off for a complete one
            Stream content = IsCompressed(path) ? new GZipInputStream(file) : file;
            return new StreamReader(content, Encoding.UTF8);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StructureFormatException(
                path,
                line: null,
                $"cannot be opened: {exception.Message} Check the name and the permissions.",
                innerException: exception
            );
        }
    }

    /// <summary>Whether the name says that the content is compressed with gzip.</summary>
    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without folders and endings, of which .gz is one.</summary>
    public static string Stem(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return IsCompressed(path) ? Path.GetFileNameWithoutExtension(name) : name;
    }

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
    private FileStream? current;
    private long currentLength;
    private long finished;

    /// <summary>The bytes read of all files together, those that were read before included.</summary>
    public long BytesRead => finished + (current is { CanRead: true } file ? file.Position : currentLength);

    internal void Follow(FileStream file)
    {
        finished += currentLength;
        (current, currentLength) = (file, file.Length);
    }
}
