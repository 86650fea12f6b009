using System.Collections.Frozen;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>CIF, the Crystallographic Information File of the IUCr, version 1.1.</summary>
/// <remarks>
/// <para>Reads ordered crystals; each data block is a crystal, named after it. Symmetry operations are applied as they are listed, or made
/// from the space group's symbol or number; an atom that lies on a special position within 0.05 Å or the digits of its coordinates is moved
/// onto it. D becomes H. Occupancies between 0 and 1 and two atoms in one place are refused. See docs/formats.md.</para>
/// <para>Writes the whole cell as P 1, atoms in their order, or a symmetrised crystal. The cell is given by lengths and angles: its
/// orientation in space, labels and split are not kept, and white space in a name becomes an underscore.</para>
/// <para>Source: International Tables for Crystallography G; the core dictionary, versions 2 and 3.</para>
/// </remarks>
public sealed class CifFormat : ITextFormat
{
    /// <inheritdoc/>
    public string Name => "cif";

    /// <inheritdoc/>
    public string Description => "Crystallographic Information File";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = ["*.cif", "*.mcif"];

    /// <inheritdoc/>
    public bool CanWriteSeveral => true;

    /// <inheritdoc/>
    public bool CanAppend => true;

    /// <inheritdoc/>
    public bool IsStreamed => false;

    /// <inheritdoc/>
    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => CifReader.Read(reader, path);

    /// <inheritdoc/>
    public void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        FormatArguments.CheckCount(this, records);
        foreach (CrystalRecord record in records)
        {
            CifWriter.Write(writer, record);
        }
    }

    /// <summary>Writes a crystal by its asymmetric unit, for programs and people that want to see its space group.</summary>
    /// <exception cref="ArgumentException">The cell is left-handed, which lengths and angles cannot tell.</exception>
    public void Write(TextWriter writer, string id, SymmetryDescription symmetry) =>
        CifWriter.Write(writer, id, symmetry);
}

/// <summary>Data names, whose case does not matter, and tolerances.</summary>
internal static class CifConstants
{
    public const string TypeSymbol = "_atom_site_type_symbol";
    public const string Label = "_atom_site_label";
    public const string Occupancy = "_atom_site_occupancy";
    public const string CalculationFlag = "_atom_site_calc_flag";

    /// <summary>The symbol of the space group's type, in whatever setting.</summary>
    public const string ReferenceSymbol = "_space_group_name_H-M_ref";

    public const string MagneticOperation = "_space_group_symop_magn_operation_xyz";
    public const string MagneticCentring = "_space_group_symop_magn_centering_xyz";

    /// <summary>The setting: 1, 2, h, r, b1, cab, …</summary>
    public const string CoordinateSystem = "_space_group_IT_coordinate_system_code";

    public const string FormulaSum = "_chemical_formula_sum";
    public const string ModulationDimension = "_cell_modulation_dimension";
    public const string CartesianAxes = "_atom_sites_Cartn_transform_axes";

    /// <summary>The tolerance along each lattice vector, in Å: symmetry images of a site that lie closer are one atom on a special position.</summary>
    /// <remarks>Three digits of a coordinate, such as 0.333, leave up to 0.035 Å in a cell of 20 Å.</remarks>
    public const double SpecialPositionTolerance = 0.05;

    /// <summary>The distance in Å below which images of one site are too close to be two atoms.</summary>
    public const double TooClose = 0.4;

    /// <summary>How far a site of four digits or more may be moved onto its special position without a remark, in Å along each lattice vector.</summary>
    public const double UnremarkedMove = 0.002;

    /// <summary>Half a unit of the fourth digit, and a little.</summary>
    public const double RoundingOfFourDigits = 6e-5;

    /// <summary>The tolerance along each lattice vector, in Å: atoms of two sites that lie closer share one place.</summary>
    public const double SharedPlaceTolerance = 0.01;

    /// <summary>How close to 1 an occupancy counts as full.</summary>
    public const double OccupancyTolerance = 1e-3;

    /// <summary>The most symmetry operations: the 192 of the largest space groups, in a cell of eight times the volume.</summary>
    public const int MaximumOperations = 1536;

    public static readonly string[] CellLengths = ["_cell_length_a", "_cell_length_b", "_cell_length_c"];

    public static readonly string[] CellAngles = ["_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma"];

    public static readonly string[] Positions = ["_atom_site_fract_x", "_atom_site_fract_y", "_atom_site_fract_z"];

    public static readonly string[] Cartesian = ["_atom_site_Cartn_x", "_atom_site_Cartn_y", "_atom_site_Cartn_z"];

    /// <summary>The matrix that makes Cartesian coordinates of fractional ones, row after row, and what is added.</summary>
    public static readonly string[] CartesianMatrix =
    [
        .. from row in Enumerable.Range(1, 3)
        from column in Enumerable.Range(1, 3)
        select $"_atom_sites_Cartn_tran_matrix_{row}{column}",
    ];

    public static readonly string[] CartesianVector =
    [
        "_atom_sites_Cartn_tran_vector_1",
        "_atom_sites_Cartn_tran_vector_2",
        "_atom_sites_Cartn_tran_vector_3",
    ];

    public static readonly string[] Operations =
    [
        "_space_group_symop_operation_xyz",
        "_symmetry_equiv_pos_as_xyz",
        "_symmetry_equiv_as_xyz",
        "_magnetic_space_group_symop_operation_xyz",
    ];

    public static readonly string[] HallSymbols = ["_space_group_name_Hall", "_symmetry_space_group_name_Hall"];

    public static readonly string[] HermannMauguinSymbols =
    [
        "_space_group_name_H-M_alt",
        "_symmetry_space_group_name_H-M",
        "_space_group_name_H-M_full",
        "_symmetry_space_group_name_H-M_full",
        "_space_group_name_H-M",
    ];

    public static readonly string[] SpaceGroupNumbers =
    [
        "_space_group_IT_number",
        "_symmetry_Int_Tables_number",
        "_symmetry_space_group_number",
    ];

    public static readonly string[] SpaceGroupNames =
    [
        .. HallSymbols,
        .. HermannMauguinSymbols,
        ReferenceSymbol,
        .. SpaceGroupNumbers,
    ];

    /// <summary>How the names of items begin that tell of magnetic or modulated crystals.</summary>
    private static readonly string[] WantedBeginnings =
    [
        MagneticOperation,
        MagneticCentring,
        "_space_group_symop_ssg",
        "_space_group_symop_magn",
        "_space_group_magn_n", // number_BNS, name_OG
        "_space_group_ssg_",
    ];

    /// <summary>Whether a data name is one that is kept; the values of others are read past.</summary>
    public static bool IsWanted(string name) =>
        Wanted.Contains(name)
        || Array.Exists(WantedBeginnings, start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static readonly FrozenSet<string> Wanted = new[]
    {
        CellLengths,
        CellAngles,
        Positions,
        Operations,
        SpaceGroupNames,
        Cartesian,
        CartesianMatrix,
        CartesianVector,
        [
            TypeSymbol,
            Label,
            Occupancy,
            CalculationFlag,
            FormulaSum,
            CoordinateSystem,
            ModulationDimension,
            CartesianAxes,
        ],
    }
        .SelectMany(names => names)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
