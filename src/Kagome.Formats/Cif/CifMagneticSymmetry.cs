using System.Collections.Immutable;
using Kagome.Crystals.Symmetry;

namespace Kagome.Formats.Cif;

/// <summary>Magnetic and superspace groups: the first by what they do to places, the second not at all.</summary>
/// <remarks>Source: the magnetic CIF dictionary, cif_mag.dic 0.9.8: operations are x,y,z,+1 with -1 for time reversal.</remarks>
internal static class CifMagneticSymmetry
{
    /// <summary>The spatial part of the magnetic operations, each with each centring; null where the block lists none.</summary>
    /// <exception cref="StructureFormatException">One cannot be read, or there are too many.</exception>
    public static ImmutableArray<SymmetryOperation>? Operations(CifBlock block)
    {
        if (Known(block, CifConstants.MagneticOperation) is not { } values)
        {
            return null;
        }

        RemarkModulation(block);
        ImmutableArray<SymmetryOperation> operations = CifSymmetry.Parse(
            block,
            CifConstants.MagneticOperation,
            values,
            SpatialPart
        );
        ImmutableArray<SymmetryOperation> centrings = Known(block, CifConstants.MagneticCentring) is { } centred
            ? CifSymmetry.Parse(block, CifConstants.MagneticCentring, centred, SpatialPart)
            : [SymmetryOperation.Identity];
        if ((long)operations.Length * centrings.Length > CifConstants.MaximumOperations)
        {
            throw block.ProblemAt(
                values[0],
                $"{operations.Length} magnetic operations and {centrings.Length} centrings are more than {CifConstants.MaximumOperations} in all; expected fewer."
            );
        }

        return
        [
            .. centrings
                .SelectMany(centring =>
                    operations.Select(operation =>
                        operation with
                        {
                            Translation = (operation.Translation + centring.Translation).Wrap(),
                        }
                    )
                )
                .Distinct(),
        ];
    }

    /// <exception cref="StructureFormatException">The block has a symmetry of a kind that is not applied, and no operations in space.</exception>
    public static void CheckUnexpanded(CifBlock block)
    {
        string? item = block.Names.FirstOrDefault(name =>
            !name.StartsWith("_atom_", StringComparison.OrdinalIgnoreCase)
            && (
                name.Contains("_ssg", StringComparison.OrdinalIgnoreCase)
                || name.Contains("_magn_", StringComparison.OrdinalIgnoreCase)
                || name.Equals(CifConstants.ModulationDimension, StringComparison.OrdinalIgnoreCase)
            )
            && block.Values(name)!.Any(value => !value.IsMissing && value.Text is not ("0" or "1.1" or "P1" or "P 1"))
        );
        if (item is not null)
        {
            CifToken value = block.Values(item)![0];
            throw block.ProblemAt(
                value,
                $"{item} is '{value.Text}', and there is no _space_group_symop_magn_operation.xyz or _space_group_symop_operation_xyz; expected one of them. "
                    + "Superspace groups are not applied: save the mean structure, or a commensurate supercell."
            );
        }
    }

    /// <summary>Notes that a modulated crystal is read by its mean structure.</summary>
    public static void RemarkModulation(CifBlock block)
    {
        if (block.Value(CifConstants.ModulationDimension) is { Text: not "0" } dimension)
        {
            block.Remark(
                dimension,
                $"{CifConstants.ModulationDimension} is {dimension.Text}: the crystal is modulated, and its mean structure is read."
            );
        }
    }

    private static IReadOnlyList<CifToken>? Known(CifBlock block, string name) =>
        block.Values(name) is { Count: > 0 } values && !values.All(value => value.IsMissing) ? values : null;

    /// <summary>x,y,z of x,y,z,-1; null where the text is something else.</summary>
    private static string? SpatialPart(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 4 && parts[3].Trim() is "+1" or "-1" or "1" ? string.Join(',', parts[..3]) : null;
    }
}
