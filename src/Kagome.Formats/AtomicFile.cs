using System.Text;

namespace Kagome.Formats;

/// <summary>A file that is whole or not there: written under a temporary name beside its own, flushed to the disk, then renamed.</summary>
/// <remarks>A program or machine that stops on the way leaves the former file as it was. Not for several threads.</remarks>
public sealed class AtomicFile : IDisposable
{
    private readonly string path;
    private readonly string temporary;
    private readonly FileStream content;

    /// <exception cref="IOException">The folder is absent, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public AtomicFile(string path)
    {
        this.path = path;
        temporary = TemporaryPath(path);
        content = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite);
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
        content.Dispose();
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose()
    {
        TryTo(content.Dispose);
        TryTo(() => File.Delete(temporary));
    }

    /// <summary>A path beside another one, where nothing is yet.</summary>
    internal static string TemporaryPath(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
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

/// <summary>A folder that is whole or not there: filled under a temporary name beside its own, then renamed.</summary>
/// <remarks>A former folder of the name is moved aside before and deleted after: it is never gone while the new one is not in place.</remarks>
public sealed class AtomicFolder : IDisposable
{
    private readonly string path;
    private readonly string former;

    /// <exception cref="IOException">The parent folder is absent, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The parent folder may not be written to.</exception>
    public AtomicFolder(string path)
    {
        this.path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string beside = Path.GetDirectoryName(this.path)!;
        string name = $".{Path.GetFileName(this.path)}.{Guid.NewGuid():N}";
        Location = Path.Combine(beside, $"{name}.tmp");
        former = Path.Combine(beside, $"{name}.old.tmp");
        Directory.CreateDirectory(Location);
    }

    /// <summary>The folder to write files into until it is complete.</summary>
    public string Location { get; }

    /// <summary>Ends the writing: the folder appears under its name, in place of one that was there.</summary>
    public void Complete()
    {
        bool replaces = Directory.Exists(path);
        if (replaces)
        {
            Directory.Move(path, former);
        }

        try
        {
            Directory.Move(Location, path);
        }
        catch when (replaces)
        {
            Directory.Move(former, path);
            throw;
        }

        Remove(former);
    }

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose() => Remove(Location);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            AtomicFile.TryTo(() => Directory.Delete(folder, recursive: true));
        }
    }
}
