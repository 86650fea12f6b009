using Kagome.Symmetry.Spglib;

namespace Kagome.Cli.Diagnosis;

/// <summary>Whether spglib is there, which finds space groups.</summary>
internal static class SymmetryLibrary
{
    /// <summary>One line for users who miss the space groups: what is wrong, and the way out.</summary>
    public static string Missing => $"spglib {SpglibInstallation.Current.Problem}. {SpglibInstallation.WayOut}";

    public static Finding Find()
    {
        SpglibInstallation found = SpglibInstallation.Current;
        return found.IsAvailable
            ? new Finding("spglib", $"{found.Version} ({found.Path})")
            : new Finding(
                "spglib",
                $"{found.Problem}: space groups are not shown",
                FindingState.Limited,
                SpglibInstallation.WayOut
            );
    }
}
