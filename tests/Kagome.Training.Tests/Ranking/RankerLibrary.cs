using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Prototypes;

namespace Kagome.Training.Tests.Ranking;

/// <summary>A library that follows a rule: large cations have eight neighbors, as in CsCl, and small ones six, as in rock salt.</summary>
internal static class RankerLibrary
{
    private const int FirstLargePeriod = 5;

    private static readonly string[] Anions = ["F", "Cl", "Br", "I", "O", "S", "Se", "Te"];

    private static readonly string[] Cations =
    [
        .. new[] { "Li", "Na", "K", "Rb", "Cs", "Be", "Mg", "Ca", "Sr", "Ba", "Ti", "V", "Cr", "Mn", "Fe", "Co", "Ni" },
        .. new[] { "Cu", "Zn", "Ag", "Cd", "Sn", "Pb", "In", "Tl" },
    ];

    /// <summary>200 crystals of two elements, and two perovskites.</summary>
    public static PrototypeLibrary Whole { get; } = Build(int.MaxValue);

    /// <summary>The first crystals alone.</summary>
    /// <remarks>Enumerated here: other threads would wait for this class to be initialised, and it for them.</remarks>
    public static PrototypeLibrary Build(int most) =>
        new PrototypeLibraryBuilder(new PrototypeLibraryOptions { Name = "rule", License = "anybody's" }).Build([
            .. Pairs().Concat(Triples()).Take(most).Select(crystal => ("rule", crystal)),
        ]);

    /// <summary>Light anions in cells of one unit, heavy ones in cells of two; each in the other cell, too, far above the hull.</summary>
    public static PrototypeLibrary WithCells() =>
        new PrototypeLibraryBuilder(new PrototypeLibraryOptions { Name = "cells", License = "anybody's" }).Build([
            .. (
                from cation in Cations
                from anion in Anions
                from isDouble in new[] { false, true }
                let energy = isDouble == (anion is "Br" or "I" or "Se" or "Te") ? 0 : 0.4
                let record = new CrystalRecord(
                    $"{cation}{anion}-{isDouble}",
                    isDouble ? Double(cation, anion) : Single(cation, anion)
                )
                select record with
                {
                    Labels = record.Labels.Add(Labels.EnergyAboveHull, energy),
                }
            ).Select(crystal => ("cells", crystal)),
        ]);

    private static Structure Single(string cation, string anion) =>
        new(new Lattice(new(0, 2.5, 2.5), new(2.5, 0, 2.5), new(2.5, 2.5, 0)), [Site(cation, 0), Site(anion, 0.5)]);

    /// <summary>As nickel arsenide.</summary>
    private static Structure Double(string cation, string anion) =>
        new(
            Lattice.FromParameters(new LatticeParameters(3.6, 3.6, 5.4, 90, 90, 120)),
            [
                new Site(Element.FromSymbol(cation), new Fractional(0, 0, 0)),
                new Site(Element.FromSymbol(cation), new Fractional(0, 0, 0.5)),
                new Site(Element.FromSymbol(anion), new Fractional(1.0 / 3, 2.0 / 3, 0.25)),
                new Site(Element.FromSymbol(anion), new Fractional(2.0 / 3, 1.0 / 3, 0.75)),
            ]
        );

    private static IEnumerable<CrystalRecord> Pairs() =>
        from cation in Cations
        from anion in Anions
        select new CrystalRecord(
            $"{cation}{anion}",
            IsLarge(cation)
                ? new Structure(Lattice.Cubic(3.6), [Site(cation, 0), Site(anion, 0.5)])
                : new Structure(
                    new Lattice(new(0, 2.5, 2.5), new(2.5, 0, 2.5), new(2.5, 2.5, 0)),
                    [Site(cation, 0), Site(anion, 0.5)]
                )
        );

    private static IEnumerable<CrystalRecord> Triples() =>
        from names in new[] { "Ca Ti O", "Sr Zr O" }
        let elements = names.Split(' ')
        select new CrystalRecord(
            names,
            new Structure(
                Lattice.Cubic(3.95),
                [
                    Site(elements[0], 0),
                    Site(elements[1], 0.5),
                    .. new Fractional[] { new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5) }.Select(
                        position => new Site(Element.FromSymbol(elements[2]), position)
                    ),
                ]
            )
        );

    private static bool IsLarge(string cation) =>
        ElementData.All[Element.FromSymbol(cation).AtomicNumber - 1].Period >= FirstLargePeriod;

    private static Site Site(string symbol, double along) =>
        new(Element.FromSymbol(symbol), new Fractional(along, along, along));
}
