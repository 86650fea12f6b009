using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Training.Data;

namespace Kagome.Training.Tests;

/// <summary>Four small crystals with their lattice constants in Å (Wyckoff, Crystal Structures 1, 1963).</summary>
internal static class TestCrystals
{
    public static CrystalRecord SodiumChloride { get; } = RockSalt("NaCl", "Na", "Cl", 5.6402);

    public static CrystalRecord MagnesiumOxide { get; } = RockSalt("MgO", "Mg", "O", 4.2112);

    public static CrystalRecord CaesiumChloride { get; } =
        new("CsCl", new Structure(Lattice.Cubic(4.123), [Site("Cs", 0, 0, 0), Site("Cl", 0.5, 0.5, 0.5)]));

    public static CrystalRecord StrontiumTitanate { get; } =
        new(
            "SrTiO3",
            new Structure(
                Lattice.Cubic(3.9051),
                [
                    Site("Sr", 0, 0, 0),
                    Site("Ti", 0.5, 0.5, 0.5),
                    Site("O", 0.5, 0.5, 0),
                    Site("O", 0.5, 0, 0.5),
                    Site("O", 0, 0.5, 0.5),
                ]
            )
        );

    public static IReadOnlyList<CrystalRecord> All { get; } =
    [SodiumChloride, MagnesiumOxide, CaesiumChloride, StrontiumTitanate];

    /// <summary>All of them, three with energies above hull of 0, 0.2 and 0.4 eV/atom.</summary>
    public static TrainingSet Labelled =>
        LabelledSet([.. All.Take(3).Select((record, at) => WithEnergy(record, 0.2 * at)), StrontiumTitanate]);

    public static TrainingSet LabelledSet(params IEnumerable<CrystalRecord> records)
    {
        TrainingSet set = new(Labels.EnergyAboveHull);
        foreach (CrystalRecord record in records)
        {
            set.Add(record);
        }

        return set;
    }

    /// <summary>In eV/atom above the hull.</summary>
    public static CrystalRecord WithEnergy(CrystalRecord record, double energy) =>
        record with
        {
            Labels = record.Labels.SetItem(Labels.EnergyAboveHull, energy),
        };

    public static TrainingSet Set(params IEnumerable<CrystalRecord> records)
    {
        TrainingSet set = new();
        foreach (CrystalRecord record in records)
        {
            set.Add(record);
        }

        return set;
    }

    public static Site Site(string symbol, double x, double y, double z) =>
        new(Element.FromSymbol(symbol), new Fractional(x, y, z));

    /// <summary>In the primitive cell.</summary>
    private static CrystalRecord RockSalt(string id, string cation, string anion, double edge) =>
        new(
            id,
            new Structure(
                new Lattice(new(0, edge / 2, edge / 2), new(edge / 2, 0, edge / 2), new(edge / 2, edge / 2, 0)),
                [Site(cation, 0, 0, 0), Site(anion, 0.5, 0.5, 0.5)]
            )
        );
}
