namespace Kagome.Models.Tests;

/// <summary>A folder for one test, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kagome-checkpoints-");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public string[] FileNames => [.. folder.EnumerateFiles().Select(file => file.Name).Order()];

    /// <summary>Writes <paramref name="content"/> to a file of its own and names it.</summary>
    public string File(byte[] content)
    {
        string path = this["file"];
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
