using System.Collections.Frozen;

namespace Kagome.Formats.Cif;

/// <summary>Data names, whose case does not matter, and tolerances.</summary>
internal static class CifConstants
{
    public const string TypeSymbol = "_atom_site_type_symbol";
    public const string Label = "_atom_site_label";
    public const string Occupancy = "_atom_site_occupancy";
    public const string CalculationFlag = "_atom_site_calc_flag";
    public const string CartesianX = "_atom_site_Cartn_x";

    /// <summary>Along each lattice vector, in Å: symmetry images of a site that lie closer are one atom on a special position.</summary>
    /// <remarks>Three digits of a coordinate, such as 0.333, leave up to 0.035 Å in a cell of 20 Å.</remarks>
    public const double SpecialPositionTolerance = 0.05;

    /// <summary>Along each lattice vector, in Å: atoms of two sites that lie closer share one place.</summary>
    public const double SharedPlaceTolerance = 0.01;

    /// <summary>Occupancies this close to 1 are full.</summary>
    public const double OccupancyTolerance = 1e-3;

    /// <summary>The 192 of the largest space groups, in a cell of eight times the volume.</summary>
    public const int MaximumOperations = 1536;

    public static readonly string[] CellLengths = ["_cell_length_a", "_cell_length_b", "_cell_length_c"];

    public static readonly string[] CellAngles = ["_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma"];

    public static readonly string[] Positions = ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"];

    public static readonly string[] Operations =
    [
        "_space_group_symop_operation_xyz",
        "_symmetry_equiv_pos_as_xyz",
        "_symmetry_equiv_as_xyz",
    ];

    public static readonly string[] SpaceGroupNames =
    [
        "_space_group_name_H-M_alt",
        "_symmetry_space_group_name_H-M",
        "_space_group_name_Hall",
        "_symmetry_space_group_name_Hall",
        "_space_group_IT_number",
        "_symmetry_Int_Tables_number",
    ];

    /// <summary>All data names that are kept; the values of others are read past.</summary>
    public static readonly FrozenSet<string> Wanted = new[]
    {
        CellLengths,
        CellAngles,
        Positions,
        Operations,
        SpaceGroupNames,
        [TypeSymbol, Label, Occupancy, CalculationFlag, CartesianX],
    }
        .SelectMany(names => names)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
