namespace Kagome.DataSets.Tests;

/// <summary>A folder for one test, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kagome-data-");

    public string FullName => folder.FullName;

    public bool IsEmpty => !folder.EnumerateFileSystemInfos().Any();

    public void Dispose() => folder.Delete(recursive: true);
}
