using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

namespace Kagome.Formats.Cif;

/// <summary>Finds the symmetry operations of a data block.</summary>
internal static class CifSymmetry
{
    /// <summary>The operations of the block, those of the space group that it names, or the identity alone where it states no symmetry.</summary>
    /// <exception cref="StructureFormatException">An operation cannot be read, or the stated symmetry cannot be applied.</exception>
    public static ImmutableArray<SymmetryOperation> Operations(CifBlock block, Lattice lattice)
    {
        if (CifMagneticSymmetry.Operations(block) is { } magnetic)
        {
            return magnetic;
        }

        foreach (string name in CifConstants.Operations)
        {
            if (block.Values(name) is { Count: > 0 } values && !values.All(value => value.IsMissing))
            {
                ImmutableArray<SymmetryOperation> operations = Parse(block, name, values);
                CifOperationRemarks.Check(block, name, values[0], operations);
                CifMagneticSymmetry.RemarkModulation(block);
                return operations;
            }
        }

        CifMagneticSymmetry.CheckUnexpanded(block);
        return CifSpaceGroup.Operations(block, lattice) ?? [SymmetryOperation.Identity];
    }

    /// <summary>Reads the operations of an item.</summary>
    /// <exception cref="StructureFormatException">One cannot be read, they are too many, or the identity is not among them.</exception>
    public static ImmutableArray<SymmetryOperation> Parse(
        CifBlock block,
        string name,
        IReadOnlyList<CifToken> values,
        Func<string, string?>? spatialPart = null
    )
    {
        if (values.Count > CifConstants.MaximumOperations)
        {
            throw block.ProblemAt(
                values[0],
                $"{name} lists {values.Count} operations; expected at most {CifConstants.MaximumOperations}."
            );
        }

        ImmutableArray<SymmetryOperation> operations =
        [
            .. values.Select(value => ParseOne(block, name, value, spatialPart ?? (text => text))),
        ];
        return operations.Any(IsIdentity)
            ? operations
            : throw block.ProblemAt(values[0], $"{name} lacks x,y,z; expected every operation of the group.");
    }

    private static SymmetryOperation ParseOne(
        CifBlock block,
        string name,
        CifToken value,
        Func<string, string?> spatialPart
    ) =>
        spatialPart(value.Text) is { } text && SymmetryOperation.TryParse(text, out SymmetryOperation operation)
            ? operation
            : throw block.ProblemAt(
                value,
                $"{name} is '{value.Text}'; expected an operation such as 'x,y,z' or '-y,x-y,z+1/3'."
            );

    private static bool IsIdentity(SymmetryOperation operation) =>
        operation.Rotation == IntegerMatrix3.Identity && operation.Translation.Wrap() == default;
}

/// <summary>Doubts listed operations that are no group, or less than the group that the block names.</summary>
internal static class CifOperationRemarks
{
    public static void Check(CifBlock block, string name, CifToken first, ImmutableArray<SymmetryOperation> operations)
    {
        if (!OperationGroup.IsGroup(operations))
        {
            block.Remark(
                first,
                $"the {operations.Length} operations of {name} are no group: two of them make one that is not listed. They are applied as they stand, so atoms may be missing."
            );
        }

        int order = OperationGroup.PointGroupOrder(operations);
        if (CifSpaceGroup.Named(block) is { } group && Expected(group.Setting) is int expected && expected != order)
        {
            block.Remark(
                group.Source,
                $"the block names {group.Setting.Names[0]}, whose operations have {expected} rotations, and {name} lists {operations.Length} with {order}. These are applied: right where the block lists all atoms that they leave out."
            );
        }
    }

    private static int Expected(SpaceGroupSetting setting) => OperationGroup.PointGroupOrder(setting.Operations);
}
