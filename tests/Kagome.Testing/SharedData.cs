using Xunit;

namespace Kagome.Testing;

/// <summary>Large data that developers keep beside their checkout and users do not have.</summary>
public static class SharedData
{
    /// <summary>Environment variable that names the folder; without it, shared/ beside the checkout is taken.</summary>
    public const string FolderVariable = "KAGOME_SHARED";

    private static string Folder =>
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
            ? folder
            : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));

    /// <summary>The full path of a file or folder of the shared data; skips the running test where it is missing.</summary>
    /// <param name="relativePath">Such as golden/crysformer.json.</param>
    public static string PathOrSkip(string relativePath)
    {
        string path = Path.Combine(Folder, relativePath);
        if (!Path.Exists(path))
        {
            Assert.Skip(
                $"Needs '{relativePath}' of the shared data, and '{path}' does not exist; set {FolderVariable} to the folder."
            );
        }

        return path;
    }
}
