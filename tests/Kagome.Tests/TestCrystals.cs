using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Tests;

/// <summary>Small crystals with two atoms a cell.</summary>
internal static class TestCrystals
{
    public static Structure CaesiumChloride { get; } =
        new(Lattice.Cubic(4.123), [Site("Cs", 0, 0, 0), Site("Cl", 0.5, 0.5, 0.5)]);

    public static Structure ZincBlende { get; } =
        new(
            new Lattice(new(0, 2.83, 2.83), new(2.83, 0, 2.83), new(2.83, 2.83, 0)),
            [Site("Ga", 0, 0, 0), Site("As", 0.25, 0.25, 0.25)]
        );

    /// <summary>Of no symmetry, so that every gradient has a direction.</summary>
    public static Structure Skewed { get; } =
        new(
            Lattice.FromParameters(new LatticeParameters(3.9, 4.6, 5.2, 81, 97, 104)),
            [Site("Ti", 0.02, 0.11, 0.07), Site("O", 0.47, 0.39, 0.62)]
        );

    public static Site Site(string symbol, double x, double y, double z) =>
        new(Element.FromSymbol(symbol), new Fractional(x, y, z));
}
