using System.Collections.Immutable;
using Kagome.Core.Symmetry;

namespace Kagome.Formats.Cif;

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
        operation.Rotation == Core.Lattices.IntegerMatrix3.Identity && operation.Translation.Wrap() == default;

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
