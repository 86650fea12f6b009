namespace Kagome.Work;

/// <summary>Keeps a folder of results to one piece of work at a time, also among processes.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes a folder by a file beside it, which goes with the lock; the folder itself may be absent.</summary>
    /// <exception cref="InputException">Other work has it, or it is a file.</exception>
    /// <exception cref="IOException">The file beside it cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        if (File.Exists(folder))
        {
            throw new InputException($"{folder} is a file; expected a folder, or the name of a new one.", folder);
        }

        string path = $"{Path.GetFullPath(Path.TrimEndingDirectorySeparator(folder))}.lock";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FolderLock(
                new FileStream(
                    path,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    bufferSize: 1,
                    FileOptions.DeleteOnClose
                )
            );
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new InputException(
                $"{folder} is being worked on by another process or call. Wait for it, or choose another folder.",
                exception
            );
        }
    }

    public void Dispose() => file.Dispose();
}
