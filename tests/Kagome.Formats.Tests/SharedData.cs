namespace Kagome.Formats.Tests;

/// <summary>Development data that lies beside the repository, where it is there at all.</summary>
internal static class SharedData
{
    /// <summary>The path of a file of development data; skips the test where there is none.</summary>
    public static string Find(string name)
    {
        string path = Path.Combine(Folder(), name);
        if (!File.Exists(path))
        {
            Assert.Skip(
                $"There is no {path}: it is development data that lies beside the repository or in KAGOME_SHARED."
            );
        }

        return path;
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("KAGOME_SHARED") is { } folder)
        {
            return folder;
        }

        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Kagome.slnx")))
        {
            root = root.Parent;
        }

        return Path.Combine(root?.Parent?.FullName ?? "", "shared");
    }
}
