using System.Globalization;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Writes crystals as CIF data blocks.</summary>
internal static class CifWriter
{
    private const int LongestBlockName = 75; // CIF 1.1

    /// <summary>Writes the whole cell without symmetry.</summary>
    public static void Write(TextWriter writer, CrystalRecord record)
    {
        Structure structure = RightHandedCell.Of(record.Structure);
        WriteHeading(writer, record.Id, structure.Composition, structure.Lattice);
        WriteSymmetry(writer, "P 1", 1, [SymmetryOperation.Identity]);
        WriteColumns(writer, []);
        WriteSites(writer, structure.Sites.Select(site => (site, "1")));
    }

    /// <summary>Writes the asymmetric unit and the operations that fill the cell.</summary>
    public static void Write(TextWriter writer, string id, SymmetryDescription symmetry)
    {
        if (symmetry.Lattice.Determinant < 0)
        {
            throw new ArgumentException(
                "The cell is left-handed; expected the right-handed one of a standard setting.",
                nameof(symmetry)
            );
        }

        Composition composition = Composition.Of(
            symmetry.AsymmetricUnit.SelectMany(unit => Enumerable.Repeat(unit.Site.Element, unit.Multiplicity))
        );
        WriteHeading(writer, id, composition, symmetry.Lattice);
        WriteSymmetry(writer, symmetry.HermannMauguinSymbol, symmetry.Number, symmetry.Operations);
        WriteColumns(writer, ["_atom_site_Wyckoff_symbol"]);
        WriteSites(
            writer,
            symmetry.AsymmetricUnit.Select(unit => (unit.Site, $"{unit.Multiplicity} {unit.WyckoffLetter}"))
        );
    }

    private static void WriteHeading(TextWriter writer, string id, Composition composition, Lattice lattice)
    {
        LatticeParameters cell = lattice.Parameters;
        WriteLine(writer, $"data_{BlockName(id)}");
        WriteLine(writer, $"_chemical_formula_sum    '{Formula(composition)}'");
        WriteLine(writer, $"_cell_length_a           {cell.A:F12}");
        WriteLine(writer, $"_cell_length_b           {cell.B:F12}");
        WriteLine(writer, $"_cell_length_c           {cell.C:F12}");
        WriteLine(writer, $"_cell_angle_alpha        {cell.Alpha:F12}");
        WriteLine(writer, $"_cell_angle_beta         {cell.Beta:F12}");
        WriteLine(writer, $"_cell_angle_gamma        {cell.Gamma:F12}");
        WriteLine(writer, $"_cell_volume             {lattice.Volume:F6}");
        WriteLine(writer, $"_cell_formula_units_Z    {composition.FormulaUnits}");
    }

    private static void WriteSymmetry(
        TextWriter writer,
        string symbol,
        int number,
        IEnumerable<SymmetryOperation> operations
    )
    {
        // the older names: every program knows them
        WriteLine(writer, $"_symmetry_space_group_name_H-M    '{symbol}'");
        WriteLine(writer, $"_symmetry_Int_Tables_number       {number}");
        WriteLine(writer, $"loop_");
        WriteLine(writer, $"_symmetry_equiv_pos_as_xyz");
        foreach (SymmetryOperation operation in operations)
        {
            WriteLine(writer, $"'{operation}'");
        }
    }

    private static void WriteColumns(TextWriter writer, IEnumerable<string> extraColumns)
    {
        WriteLine(writer, $"loop_");
        string[] columns =
        [
            "_atom_site_type_symbol",
            "_atom_site_label",
            "_atom_site_symmetry_multiplicity",
            .. extraColumns,
            "_atom_site_fract_x",
            "_atom_site_fract_y",
            "_atom_site_fract_z",
            "_atom_site_occupancy",
        ];
        foreach (string column in columns)
        {
            WriteLine(writer, $"{column}");
        }
    }

    private static void WriteSites(TextWriter writer, IEnumerable<(Site Site, string Symmetry)> sites)
    {
        Dictionary<Element, int> counts = [];
        foreach (((Element element, Fractional position), string symmetry) in sites)
        {
            int number = counts[element] = counts.GetValueOrDefault(element) + 1;
            WriteLine(
                writer,
                $"{element} {element}{number} {symmetry} {position.X:F14} {position.Y:F14} {position.Z:F14} 1"
            );
        }
    }

    private static string Formula(Composition composition) =>
        string.Join(' ', composition.Counts.Select(pair => $"{pair.Key}{pair.Value}"));

    private static string BlockName(string id)
    {
        string name = string.Concat(
            id.Take(LongestBlockName).Select(letter => letter is > ' ' and <= '~' ? letter : '_')
        );
        return name.Length == 0 ? "crystal" : name;
    }

    private static void WriteLine(TextWriter writer, FormattableString line)
    {
        writer.Write(line.ToString(CultureInfo.InvariantCulture));
        writer.Write('\n');
    }
}
