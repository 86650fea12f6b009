namespace Kagome.Symmetry.Spglib;

/// <summary>Where spglib's library may be: names for the system's loader, and paths that it does not look at.</summary>
internal static class SpglibLocations
{
    /// <summary>Environment variable that names the library's file or folder; then no other place is tried.</summary>
    public const string PathVariable = "KAGOME_SPGLIB";

    private const string CondaVariable = "CONDA_PREFIX";

    private static readonly string[] FileNames =
        OperatingSystem.IsWindows() ? ["symspg.dll", "libsymspg.dll"]
        : OperatingSystem.IsMacOS() ? ["libsymspg.2.dylib", "libsymspg.1.dylib", "libsymspg.dylib"]
        : ["libsymspg.so.2", "libsymspg.so.1", "libsymspg.so"];

    private static readonly string[] BrewFolders =
        OperatingSystem.IsWindows() ? []
        : OperatingSystem.IsMacOS() ? ["/opt/homebrew/lib", "/usr/local/lib"]
        : ["/home/linuxbrew/.linuxbrew/lib", "/usr/local/lib"];

    /// <summary>In the order to try.</summary>
    /// <param name="environment">Gives the value of a variable.</param>
    public static IEnumerable<string> Candidates(Func<string, string?> environment)
    {
        if (environment(PathVariable) is { Length: > 0 } path)
        {
            return Directory.Exists(path) ? FilesIn(path) : [path];
        }

        IEnumerable<string> folders = environment(CondaVariable) is { Length: > 0 } conda
            ? BrewFolders.Prepend(Path.Combine(conda, OperatingSystem.IsWindows() ? "Library/bin" : "lib"))
            : BrewFolders;
        return FileNames.Concat(folders.SelectMany(FilesIn));
    }

    private static IEnumerable<string> FilesIn(string folder) => FileNames.Select(name => Path.Combine(folder, name));
}
