using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
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
        CifCell cell = new(block, lattice, CifSymmetry.Operations(block));
        Structure structure = new(lattice, cell.Fill(CifSites.Read(block)));
        return new CrystalRecord(block.Name.Length > 0 ? block.Name : source.Stem, structure);
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

/// <summary>Reads the symmetry operations of a data block.</summary>
internal static class CifSymmetry
{
    /// <summary>The operations of the block, or the identity alone where it states no symmetry.</summary>
    /// <exception cref="StructureFormatException">An operation cannot be read, or a space group is named without its operations.</exception>
    public static ImmutableArray<SymmetryOperation> Operations(CifBlock block)
    {
        foreach (string name in CifConstants.Operations)
        {
            if (block.Values(name) is { Count: > 0 } values && !values.All(value => value.IsMissing))
            {
                return Parse(block, name, values);
            }
        }

        CheckSpaceGroup(block);
        return [SymmetryOperation.Identity];
    }

    private static ImmutableArray<SymmetryOperation> Parse(CifBlock block, string name, IReadOnlyList<CifToken> values)
    {
        if (values.Count > CifConstants.MaximumOperations)
        {
            throw block.ProblemAt(
                values[0],
                $"{name} lists {values.Count} operations; expected at most {CifConstants.MaximumOperations}."
            );
        }

        ImmutableArray<SymmetryOperation> operations = [.. values.Select(value => Parse(block, name, value))];
        return operations.Any(IsIdentity)
            ? operations
            : throw block.ProblemAt(values[0], $"{name} lacks x,y,z; expected every operation of the group.");
    }

    private static SymmetryOperation Parse(CifBlock block, string name, CifToken value) =>
        SymmetryOperation.TryParse(value.Text, out SymmetryOperation operation)
            ? operation
            : throw block.ProblemAt(
                value,
                $"{name} is '{value.Text}'; expected an operation such as 'x,y,z' or '-y,x-y,z+1/3'."
            );

    private static bool IsIdentity(SymmetryOperation operation) =>
        operation.Rotation == Crystals.Lattices.IntegerMatrix3.Identity && operation.Translation.Wrap() == default;

    private static void CheckSpaceGroup(CifBlock block)
    {
        foreach (string name in CifConstants.SpaceGroupNames)
        {
            if (block.Value(name) is { } group && !IsTrivial(group.Text))
            {
                throw block.ProblemAt(
                    group,
                    $"{name} is '{group.Text}' and the block lists no symmetry operations; expected _space_group_symop_operation_xyz. "
                        + "Save the file with its operations, or as P 1 with all atoms of the cell, in VESTA or pymatgen for example."
                );
            }
        }
    }

    private static bool IsTrivial(string group) =>
        string.Concat(group.Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant() is "P1" or "1" or "";
}
