using System.Text;

namespace Kagome.Formats;

/// <summary>A file that is whole or not there: written under a temporary name beside its own, flushed to the disk, then renamed.</summary>
/// <remarks>
/// A program or machine that stops on the way leaves the former file as it was, and a temporary one that the next program to write into the folder removes.
/// Not for several threads.
/// </remarks>
public sealed class AtomicFile : IDisposable
{
    private readonly string path;
    private readonly FileStream content;

    /// <exception cref="IOException">The folder is absent, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public AtomicFile(string path)
    {
        this.path = path;
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        content = TemporaryFile.Create(folder, Path.GetFileName(path));
    }

    /// <summary>What is written so far.</summary>
    public Stream Content => content;

    /// <summary>Writes a whole file.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        using AtomicFile file = new(path);
        write(file.Content);
        file.Complete();
    }

    /// <summary>Writes a text in UTF-8.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> bytes) => Write(path, file => file.Write(bytes.Span));

    /// <summary>Ends the writing: the file appears under its name, in place of one that was there.</summary>
    /// <exception cref="IOException">The disk is full, or the name is that of a folder.</exception>
    public void Complete()
    {
        content.Flush(flushToDisk: true);
        if (OperatingSystem.IsWindows())
        {
            content.Dispose(); // nobody may read a file there that is open for writing
        }

        File.Move(content.Name, path, overwrite: true); // elsewhere while it is held: what nobody holds may be removed
        content.Dispose();
    }

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose()
    {
        TryTo(content.Dispose);
        TryTo(() => File.Delete(content.Name));
    }

    /// <summary>The reason why writing failed matters more than what is left of it.</summary>
    internal static void TryTo(Action cleanUp)
    {
        try
        {
            cleanUp();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // said above
        }
    }
}
