namespace Kagome.Symmetry.Spglib;

/// <summary>Whether spglib is there, and how to get it.</summary>
/// <param name="Version">Such as 2.0.2; null where it is missing.</param>
/// <param name="Path">The file; null where it is missing.</param>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
public sealed record SpglibInstallation(string? Version, string? Path, string? Problem)
{
    private static readonly Lazy<SpglibInstallation> Found = new(SpglibFunctions.Probe);

    /// <summary>What this process found; looked for once.</summary>
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
