namespace Kagome.Testing;

/// <summary>A folder for one test, removed with all it holds.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kagome-");

    /// <summary>The folder itself.</summary>
    public string Location => folder.FullName;

    /// <summary>The path of a file in it, whose folder is made.</summary>
    public string this[string name]
    {
        get
        {
            string path = Path.Combine(folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        }
    }

    /// <summary>All files below it, hidden ones included, with forward slashes.</summary>
    public string[] FileNames =>
        [
            .. Directory
                .EnumerateFiles(Location, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Location, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => folder.Delete(recursive: true);
}
