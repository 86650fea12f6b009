using System.Globalization;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Reads the crystals of a CIF: every data block that has a cell or atoms.</summary>
internal static class CifReader
{
    public static IEnumerable<DataSetEntry> Read(TextReader reader, string path)
    {
        SourceText source = new(reader, path, FormatLimits.MaximumCharacters);
        bool isEmpty = true;
        foreach (CifBlock block in new CifParser(source).Blocks())
        {
            if (block.Problem is not null)
            {
                isEmpty = false;
                yield return new DataSetEntry(block.Problem);
            }
            else if (block.IsCrystal)
            {
                isEmpty = false;
                yield return DataSetEntry.Of(() => ReadCrystal(block, source));
            }
        }

        if (isEmpty)
        {
            throw source.ProblemInFile(
                "no data block holds a crystal; expected _cell_length_a and a loop of atom sites."
            );
        }
    }

    private static CrystalRecord ReadCrystal(CifBlock block, SourceText source)
    {
        Lattice lattice = ReadLattice(block);
        CifCell cell = new(block, lattice, CifSymmetry.Operations(block, lattice));
        Structure structure = new(lattice, cell.Fill(CifSites.Read(block, lattice)));
        RemarkFormula(block, structure);
        return new CrystalRecord(Name(block, source), structure) { Remarks = [.. block.Remarks] };
    }

    /// <summary>The block's name; where that is none, or ASE's image0 (image1, … of further blocks), the file's.</summary>
    private static string Name(CifBlock block, SourceText source)
    {
        const string AseName = "image";
        return block.Name.Length == 0 ? source.Stem
            : block.Name.StartsWith(AseName, StringComparison.Ordinal)
            && int.TryParse(
                block.Name.AsSpan(AseName.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int number
            )
                ? (number == 0 ? source.Stem : $"{source.Stem}-{number}")
            : block.Name;
    }

    /// <summary>Doubts atoms that do not add up to the formula of the block: a wrong origin, or hydrogen that is not listed.</summary>
    private static void RemarkFormula(CifBlock block, Structure structure)
    {
        if (
            block.Value(CifConstants.FormulaSum) is { } sum
            && FormulaParser.TryParse(sum.Text, out Composition? formula, out _)
            && !formula.Reduced.Equals(structure.Composition.Reduced)
        )
        {
            block.Remark(
                sum,
                $"{CifConstants.FormulaSum} is '{sum.Text}', and the atoms are {structure.Composition.Formula}: some may be missing or too many."
            );
        }
    }

    private static Lattice ReadLattice(CifBlock block)
    {
        double[] lengths =
        [
            .. CifConstants.CellLengths.Select(name => Number(block, name, "a length in Å", "5.64 or 5.64(2)")),
        ];
        double[] angles =
        [
            .. CifConstants.CellAngles.Select(name => Number(block, name, "an angle in degrees", "90 or 90.10(2)")),
        ];
        LatticeParameters parameters = new(lengths[0], lengths[1], lengths[2], angles[0], angles[1], angles[2]);
        return CellChecks.Problem(parameters) is { } problem
            ? throw block.ProblemAt(block.Values(CifConstants.CellLengths[0])![0], $"{problem}.")
            : Lattice.FromParameters(parameters);
    }

    private static double Number(CifBlock block, string name, string expected, string example)
    {
        if (block.Values(name) is not { Count: 1 } values)
        {
            throw block.ProblemInBlock($"there is no {name}; expected {expected}, such as {example}.");
        }

        return CifNumber.TryParse(values[0], out double number)
            ? number
            : throw block.ProblemAt(
                values[0],
                $"{name} is '{values[0].Text}'; expected {expected}, such as {example}."
            );
    }
}
