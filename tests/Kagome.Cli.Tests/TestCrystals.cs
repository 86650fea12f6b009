using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Cli.Tests;

/// <summary>Crystals that tests know by heart.</summary>
internal static class TestCrystals
{
    /// <summary>Rock salt, its conventional cell: a = 5.6402 Å (Wyckoff, Crystal Structures 1, 1963).</summary>
    public const string SodiumChlorideCif = """
        data_NaCl
        _cell_length_a 5.6402
        _cell_length_b 5.6402
        _cell_length_c 5.6402
        _cell_angle_alpha 90
        _cell_angle_beta 90
        _cell_angle_gamma 90
        _space_group_name_H-M_alt 'P 1'
        loop_
        _atom_site_label
        _atom_site_type_symbol
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z
        Na1 Na 0 0 0
        Na2 Na 0 0.5 0.5
        Na3 Na 0.5 0 0.5
        Na4 Na 0.5 0.5 0
        Cl1 Cl 0.5 0.5 0.5
        Cl2 Cl 0.5 0 0
        Cl3 Cl 0 0.5 0
        Cl4 Cl 0 0 0.5

        """;

    /// <summary>The same with a coordinate that the reader has to decide about.</summary>
    public static string RemarkableCif { get; } =
        SodiumChlorideCif.Replace("Na1 Na 0 0 0", "Na1 Na . 0 0", StringComparison.Ordinal);

    /// <summary>A cell without right angles, its atoms grouped by element as POSCAR wants them.</summary>
    public static Structure Skewed { get; } =
        new(
            Lattice.FromParameters(new LatticeParameters(4.1, 5.2, 6.3, 81, 97, 112)),
            [
                new Site(Element.FromSymbol("Ti"), new Fractional(0.125, 0.25, 0.375)),
                new Site(Element.FromSymbol("O"), new Fractional(0.6, 0.7, 0.8)),
                new Site(Element.FromSymbol("O"), new Fractional(0.1, 0.9, 0.3)),
            ]
        );

    /// <summary>Simple cubic polonium at growing sizes, with a label.</summary>
    public static IReadOnlyList<CrystalRecord> Series(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(number =>
                {
                    Structure structure = new(
                        Lattice.Cubic(3 + (0.1 * number)),
                        [new Site(Element.FromSymbol("Po"), default)]
                    );
                    CrystalRecord record = new($"po-{number}", structure) { Split = "train" };
                    return record with { Labels = record.Labels.Add("e_hull", 0.01 * number) };
                }),
        ];
}
