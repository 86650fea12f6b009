using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Symmetry;

/// <summary>Crystals whose symmetry is in every textbook.</summary>
internal static class KnownCrystals
{
    /// <summary>One formula unit.</summary>
    public static Structure RockSalt { get; } =
        Crystal(new(3.99, 3.99, 3.99, 60, 60, 60), ("Na", 0, 0, 0), ("Cl", 0.5, 0.5, 0.5));

    public static Structure Wurtzite { get; } =
        Crystal(
            new(3.25, 3.25, 5.2, 90, 90, 120),
            ("Zn", 1 / 3.0, 2 / 3.0, 0),
            ("O", 1 / 3.0, 2 / 3.0, 0.382),
            ("Zn", 2 / 3.0, 1 / 3.0, 0.5),
            ("O", 2 / 3.0, 1 / 3.0, 0.882)
        );

    public static Structure Rutile { get; } =
        Crystal(
            new(4.594, 4.594, 2.959, 90, 90, 90),
            ("Ti", 0, 0, 0),
            ("Ti", 0.5, 0.5, 0.5),
            ("O", 0.305, 0.305, 0),
            ("O", -0.305, -0.305, 0),
            ("O", 0.195, 0.805, 0.5),
            ("O", 0.805, 0.195, 0.5)
        );

    /// <summary>Bismuth in its rhombohedral cell.</summary>
    public static Structure Bismuth { get; } =
        Crystal(
            new(4.746, 4.746, 4.746, 57.24, 57.24, 57.24),
            ("Bi", 0.234, 0.234, 0.234),
            ("Bi", 0.766, 0.766, 0.766)
        );

    public static Structure Fluorite { get; } =
        Crystal(new(3.86, 3.86, 3.86, 60, 60, 60), ("Ca", 0, 0, 0), ("F", 0.25, 0.25, 0.25), ("F", 0.75, 0.75, 0.75));

    public static Structure Crystal(
        LatticeParameters cell,
        params (string Element, double X, double Y, double Z)[] sites
    ) =>
        new(
            Lattice.FromParameters(cell),
            sites.Select(site => new Site(Element.FromSymbol(site.Element), new Fractional(site.X, site.Y, site.Z)))
        );
}
