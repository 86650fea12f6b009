using Kagome.Core.Elements;
using Kagome.Core.Lattices;
using Kagome.Core.Structures;

namespace Kagome.DataSets.Tests;

/// <summary>Small crystals that everybody knows.</summary>
internal static class TestCrystals
{
    /// <summary>Rock salt, its conventional cell.</summary>
    public static Structure RockSalt(double edge, string cation = "Na", string anion = "Cl") =>
        new(
            Lattice.Cubic(edge),
            [.. FaceCentred(cation, new Fractional(0, 0, 0)), .. FaceCentred(anion, new Fractional(0.5, 0.5, 0.5))]
        );

    /// <summary>The caesium chloride type: another crystal of the same formula.</summary>
    public static Structure CaesiumType(double edge, string cation = "Na", string anion = "Cl") =>
        new(
            Lattice.Cubic(edge),
            [
                new Site(Element.FromSymbol(cation), default),
                new Site(Element.FromSymbol(anion), new Fractional(0.5, 0.5, 0.5)),
            ]
        );

    public static CrystalRecord Labelled(string id, Structure structure, double energyAboveHull)
    {
        CrystalRecord record = new(id, structure);
        return record with { Labels = record.Labels.Add("e_hull", energyAboveHull) };
    }

    private static IEnumerable<Site> FaceCentred(string symbol, Fractional origin) =>
        new Fractional[] { new(0, 0, 0), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0) }.Select(
            position => new Site(Element.FromSymbol(symbol), (origin + position).Wrap())
        );
}
