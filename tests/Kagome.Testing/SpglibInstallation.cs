namespace Kagome.Testing;

/// <summary>Whether spglib is there, and how to get it.</summary>
/// <param name="Version">Such as 2.0.2; null where it is missing.</param>
/// <param name="Path">The file; null where it is missing.</param>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
internal sealed record SpglibInstallation(string? Version, string? Path, string? Problem)
{
    private static readonly Lazy<SpglibInstallation> Found = new(SpglibFunctions.Probe);

    /// <summary>The installation that this process found, which it looks for once.</summary>
    public static SpglibInstallation Current => Found.Value;

    public bool IsAvailable => Problem is null;

    /// <summary>How to get it on this system, in one line.</summary>
    public static string WayOut =>
        OperatingSystem.IsLinux()
            ? $"Install it: apt install libsymspg1, dnf install spglib, or conda install -c conda-forge spglib; or set {SpglibLocations.PathVariable} to the file."
        : OperatingSystem.IsMacOS()
            ? $"Install it: brew install spglib; or set {SpglibLocations.PathVariable} to the file."
        : $"Install it: conda install -c conda-forge spglib, and set {SpglibLocations.PathVariable} to symspg.dll.";
}

/// <summary>The places where spglib's library may be: names for the system's loader, and paths that it does not look at.</summary>
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

    /// <summary>The places in the order to try them.</summary>
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
