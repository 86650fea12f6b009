using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Prototypes.Tests;

/// <summary>Crystals of well-known structure types, and libraries of them.</summary>
internal static class TypicalCrystals
{
    /// <summary>B1, the primitive cell.</summary>
    public static Structure RockSalt(string first, string second, double edge) =>
        FaceCentred(edge, Site(first, 0, 0, 0), Site(second, 0.5, 0.5, 0.5));

    /// <summary>B3, the primitive cell.</summary>
    public static Structure ZincBlende(string first, string second, double edge) =>
        FaceCentred(edge, Site(first, 0, 0, 0), Site(second, 0.25, 0.25, 0.25));

    /// <summary>C1, the primitive cell.</summary>
    public static Structure Fluorite(string cation, string anion, double edge) =>
        FaceCentred(edge, Site(cation, 0, 0, 0), Site(anion, 0.25, 0.25, 0.25), Site(anion, 0.75, 0.75, 0.75));

    /// <summary>C1b, the primitive cell: the second element sits between the two others, which can change places.</summary>
    public static Structure HalfHeusler(string first, string middle, string last, double edge) =>
        FaceCentred(edge, Site(first, 0, 0, 0), Site(middle, 0.25, 0.25, 0.25), Site(last, 0.5, 0.5, 0.5));

    /// <summary>B2.</summary>
    public static Structure CaesiumChloride(string first, string second, double edge) =>
        new(Lattice.Cubic(edge), [Site(first, 0, 0, 0), Site(second, 0.5, 0.5, 0.5)]);

    /// <summary>B8: elements cannot change places.</summary>
    public static Structure NickelArsenide(string metal, string other, double a, double c) =>
        new(
            Lattice.FromParameters(new LatticeParameters(a, a, c, 90, 90, 120)),
            [
                Site(metal, 0, 0, 0),
                Site(metal, 0, 0, 0.5),
                Site(other, 1.0 / 3, 2.0 / 3, 0.25),
                Site(other, 2.0 / 3, 1.0 / 3, 0.75),
            ]
        );

    /// <summary>E2_1: A at the corners, B in the middle of six X.</summary>
    public static Structure Perovskite(string a, string b, string x, double edge) =>
        new(
            Lattice.Cubic(edge),
            [Site(a, 0, 0, 0), Site(b, 0.5, 0.5, 0.5), Site(x, 0.5, 0.5, 0), Site(x, 0.5, 0, 0.5), Site(x, 0, 0.5, 0.5)]
        );

    /// <summary>C4.</summary>
    public static Structure Rutile(string metal, string anion, double a, double c)
    {
        const double X = 0.305;
        return new(
            Lattice.FromParameters(new LatticeParameters(a, a, c, 90, 90, 90)),
            [
                Site(metal, 0, 0, 0),
                Site(metal, 0.5, 0.5, 0.5),
                Site(anion, X, X, 0),
                Site(anion, 1 - X, 1 - X, 0),
                Site(anion, 0.5 + X, 0.5 - X, 0.5),
                Site(anion, 0.5 - X, 0.5 + X, 0.5),
            ]
        );
    }

    public static CrystalRecord Record(string id, Structure structure, double? energyAboveHull = null)
    {
        CrystalRecord record = new(id, structure);
        return energyAboveHull is { } energy
            ? record with
            {
                Labels = record.Labels.Add(Labels.EnergyAboveHull, energy),
            }
            : record;
    }

    /// <summary>A library of crystals of one source.</summary>
    public static PrototypeLibrary Library(params IEnumerable<CrystalRecord> crystals) =>
        new PrototypeLibraryBuilder(new PrototypeLibraryOptions { Name = "typical", License = "anybody's" }).Build([
            .. crystals.Select(crystal => ("book", crystal)),
        ]);

    /// <summary>A dozen crystals of eight types and five anonymous formulas.</summary>
    public static IReadOnlyList<CrystalRecord> Dozen { get; } =
    [
        Record("NaCl", RockSalt("Na", "Cl", 5.64), 0),
        Record("MgO", RockSalt("Mg", "O", 4.21), 0),
        Record("CsCl", CaesiumChloride("Cs", "Cl", 4.12), 0.0123),
        Record("GaAs", ZincBlende("Ga", "As", 5.65)),
        Record("FeS", NickelArsenide("Fe", "S", 3.44, 5.88), 0.05),
        Record("CaF2", Fluorite("Ca", "F", 5.46), 0),
        Record("CeO2", Fluorite("Ce", "O", 5.41), 0.002),
        Record("TiO2", Rutile("Ti", "O", 4.59, 2.96), 0.03),
        Record("SnO2", Rutile("Sn", "O", 4.74, 3.19)),
        Record("CaTiO3", Perovskite("Ca", "Ti", "O", 3.9), 0.0712),
        Record("KMgF3", Perovskite("K", "Mg", "F", 3.99), 0),
        Record("LiAlSi", HalfHeusler("Li", "Si", "Al", 5.93), 0),
    ];

    /// <summary>Of the dozen; for all tests, in memory.</summary>
    public static PrototypeLibrary LibraryOfDozen { get; } = Library(Dozen);

    private static Structure FaceCentred(double edge, params Site[] sites)
    {
        double half = edge / 2;
        return new(new Lattice(new(0, half, half), new(half, 0, half), new(half, half, 0)), sites);
    }

    private static Site Site(string symbol, double x, double y, double z) =>
        new(Element.FromSymbol(symbol), new Fractional(x, y, z));
}
