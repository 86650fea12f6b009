using Kagome.Testing;

namespace Kagome.Architecture.Tests;

/// <summary>The C# files that people wrote.</summary>
internal static class SourceFiles
{
    private static readonly string[] BuildFolders = ["bin", "obj"];

    /// <summary>Full paths below a folder of the checkout, without what builds made.</summary>
    public static IEnumerable<string> Under(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !Relative(path).Split('/').Intersect(BuildFolders, StringComparer.Ordinal).Any())
            .Order(StringComparer.Ordinal);

    /// <summary>From the root of the checkout, with forward slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
}
