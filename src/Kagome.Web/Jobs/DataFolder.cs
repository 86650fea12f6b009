namespace Kagome.Web.Jobs;

/// <summary>Keeps a data folder to one server at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>What visitors are told where a file of the folder cannot be read or written.</summary>
    public const string Trouble =
        "The data folder cannot be written to, or its disk is full. The server's log says more.";

    private const string Work = "work";
    private const string Exports = "exports";

    private readonly FileStream file;

    private DataFolder(FileStream file) => this.file = file;

    /// <summary>Makes the folder where it is absent, and takes it.</summary>
    /// <exception cref="InputException">It is a file, or another server has it.</exception>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public static DataFolder Open(string path)
    {
        if (File.Exists(path))
        {
            throw new InputException(
                $"{nameof(WebOptions.DataFolder)} is {path}, a file; expected a folder, or the name of a new one.",
                path,
                nameof(WebOptions.DataFolder)
            );
        }

        Directory.CreateDirectory(path);
        string name = Path.Combine(path, "server.lock");
        try
        {
            return new DataFolder(
                new FileStream(
                    name,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    bufferSize: 1,
                    FileOptions.DeleteOnClose
                )
            );
        }
        catch (IOException) when (File.Exists(name))
        {
            throw new InputException(
                $"Another server works with {path}. Stop it, or take another folder with {nameof(WebOptions.DataFolder)}.",
                path,
                nameof(WebOptions.DataFolder)
            );
        }
    }

    /// <summary>Where work on a job is kept that has not ended.</summary>
    public static string Journals(string path, string job) => Path.Combine(path, Work, job);

    /// <summary>Where a file is made before it is sent.</summary>
    public static string NewExport(string path, string name) => Path.Combine(path, Exports, name);

    /// <summary>Removes what a killed server left: exports, and work on jobs that nobody goes on with.</summary>
    /// <param name="unfinished">Names of jobs that are gone on with.</param>
    public void Tidy(IEnumerable<string> unfinished)
    {
        string folder = Path.GetDirectoryName(file.Name)!;
        HashSet<string> kept = [.. unfinished];
        foreach (DirectoryInfo left in Within(Exports).Concat(Within(Work).Where(work => !kept.Contains(work.Name))))
        {
            left.Delete(recursive: true);
        }

        IEnumerable<DirectoryInfo> Within(string name) =>
            new DirectoryInfo(Path.Combine(folder, name)) is { Exists: true } found ? found.GetDirectories() : [];
    }

    public void Dispose() => file.Dispose();
}
