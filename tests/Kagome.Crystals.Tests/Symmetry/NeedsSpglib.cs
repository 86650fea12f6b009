using Kagome.Testing;

namespace Kagome.Crystals.Tests.Symmetry;

/// <summary>Lets tests that ask spglib skip where it is missing.</summary>
internal static class NeedsSpglib
{
    public static void OrSkip() =>
        Assert.SkipUnless(
            SpglibInstallation.Current.IsAvailable,
            $"spglib: {SpglibInstallation.Current.Problem}. {SpglibInstallation.WayOut}"
        );
}
