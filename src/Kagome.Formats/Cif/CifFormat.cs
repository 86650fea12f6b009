using System.Collections.Frozen;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>CIF, the Crystallographic Information File of the IUCr, version 1.1.</summary>
/// <remarks>
/// <para>Reads ordered crystals with fractional coordinates; each data block is a crystal, named after it. Symmetry operations are applied as they
/// are listed; an atom that lies within 0.05 Å of a special position is moved onto it. D and T become H. Occupancies other than 1 and
/// two atoms in one place are refused.</para>
/// <para>Writes the whole cell as P 1, atoms in their order, or a symmetrised crystal. The cell is given by lengths and angles: its
/// orientation in space, labels and split are not kept, and white space in a name becomes an underscore.</para>
/// <para>Source: International Tables for Crystallography G; the core dictionary, versions 2 and 3.</para>
/// </remarks>
public sealed class CifFormat : IStructureFormat
{
    public string Name => "cif";

    public string Description => "Crystallographic Information File";

    public IReadOnlyList<string> FileNames { get; } = ["*.cif"];

    public bool CanWriteSeveral => true;

    public bool CanAppend => true;

    public bool IsStreamed => false;

    public IEnumerable<DataSetEntry> Read(TextReader reader, string path) => CifReader.Read(reader, path);

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
    public const string CartesianX = "_atom_site_Cartn_x";

    /// <summary>The tolerance along each lattice vector, in Å: symmetry images of a site that lie closer are one atom on a special position.</summary>
    /// <remarks>Three digits of a coordinate, such as 0.333, leave up to 0.035 Å in a cell of 20 Å.</remarks>
    public const double SpecialPositionTolerance = 0.05;

    /// <summary>The tolerance along each lattice vector, in Å: atoms of two sites that lie closer share one place.</summary>
    public const double SharedPlaceTolerance = 0.01;

    /// <summary>How close to 1 an occupancy counts as full.</summary>
    public const double OccupancyTolerance = 1e-3;

    /// <summary>The most symmetry operations: the 192 of the largest space groups, in a cell of eight times the volume.</summary>
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
