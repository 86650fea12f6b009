namespace Kagome.DataSets.Tests;

/// <summary>A folder for one test, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kagome-data-");

    public string FullName => folder.FullName;

    public string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>All files with their folders, in the order of their names.</summary>
    public string[] FileNames =>
        [
            .. folder
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(FullName, file.FullName).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    public bool IsEmpty => !folder.EnumerateFileSystemInfos().Any();

    /// <returns>The file's path.</returns>
    public string WriteText(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
