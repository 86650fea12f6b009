namespace Kagome.Cli.Tests;

/// <summary>A folder for one test, removed with all it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kagome-cli-");

    public string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>Everything in it, also in folders within, in the order of the names.</summary>
    public string[] FileNames =>
        [
            .. folder
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.FullName, file.FullName))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Writes a text to a file and gives its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
