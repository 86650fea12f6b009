namespace Kagome.Formats;

/// <summary>A folder that is whole or not there: filled under a temporary name beside its own, then renamed.</summary>
/// <remarks>
/// A former folder of the name is moved aside before and deleted after: it is never gone while the new one is not in place. What a program leaves that
/// stops on the way, the next one to write beside it removes.
/// </remarks>
public sealed class AtomicFolder : IDisposable
{
    private readonly string path;
    private readonly TemporaryFolderNames names;
    private readonly FileStream held;

    /// <exception cref="IOException">The parent folder is absent, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The parent folder may not be written to.</exception>
    public AtomicFolder(string path)
    {
        this.path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        held = TemporaryFile.Create(Path.GetDirectoryName(this.path)!, Path.GetFileName(this.path), ofFolder: true);
        names = new TemporaryFolderNames(held.Name);
        try
        {
            Directory.CreateDirectory(Location);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The folder to write files into until it is complete.</summary>
    public string Location => names.Filled;

    /// <summary>Ends the writing: the folder appears under its name, in place of one that was there.</summary>
    public void Complete()
    {
        bool replaces = Directory.Exists(path);
        if (replaces)
        {
            Directory.Move(path, names.Former);
        }

        try
        {
            Directory.Move(Location, path);
        }
        catch when (replaces)
        {
            Directory.Move(names.Former, path);
            throw;
        }

        TemporaryFolderNames.Remove(names.Former);
    }

    /// <summary>Removes what was written, where it is not complete.</summary>
    public void Dispose()
    {
        TemporaryFolderNames.Remove(Location);
        AtomicFile.TryTo(() => File.Delete(held.Name));
        AtomicFile.TryTo(held.Dispose);
    }
}
