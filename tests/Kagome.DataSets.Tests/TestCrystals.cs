using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

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

    /// <summary>Crystals of different formulas, two of each, the second larger: CaO, Ca2O, …, as simple as can be.</summary>
    public static CrystalRecord[] Formulas(int count) =>
        [
            .. Enumerable
                .Range(0, 2 * count)
                .Select(number => new CrystalRecord($"{number}", Chain(1 + (number / 2), 3 + (number % 2)))),
        ];

    /// <summary>Polonium in cells of different sizes, with energies of 0.01, 0.02, …, of the split train.</summary>
    public static CrystalRecord[] Series(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number =>
                    Labelled(
                        $"po-{number}",
                        new Structure(
                            Lattice.Cubic(3 + (0.01 * number)),
                            [new Site(Element.FromSymbol("Po"), default)]
                        ),
                        number / 100.0
                    ) with
                    {
                        Split = "train",
                    }
                ),
        ];

    private static Structure Chain(int calcium, double edge) =>
        new(
            Lattice.FromParameters(new LatticeParameters(edge * (calcium + 1), edge, edge, 90, 90, 90)),
            [
                new Site(Element.FromSymbol("O"), default),
                .. Enumerable
                    .Range(1, calcium)
                    .Select(place => new Site(
                        Element.FromSymbol("Ca"),
                        new Fractional((double)place / (calcium + 1), 0, 0)
                    )),
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
