using System.Collections.Immutable;
using System.Globalization;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

namespace Kagome.Formats.Cif;

/// <summary>Makes the operations of a space group that a data block names without listing them.</summary>
internal static class CifSpaceGroup
{
    private const string WayOut =
        "List _space_group_symop_operation_xyz, or save the file as P 1 with all atoms of the cell, in VESTA or pymatgen for example";

    /// <summary>The operations; null where the block names no group.</summary>
    /// <exception cref="StructureFormatException">The name is not known, names disagree, or the cell does not have the group's shape.</exception>
    public static ImmutableArray<SymmetryOperation>? Operations(CifBlock block, Lattice lattice)
    {
        CifGroupNames names = CifGroupNames.Of(block);
        if (names.Hall is { } hall && HallSymbol.TryExpand(hall.Text, out ImmutableArray<SymmetryOperation> operations))
        {
            CheckAgreement(block, names, hall, OperationGroup.PointGroupOrder(operations));
            return OperationGroup.Fits(operations, lattice) ? operations : throw DoesNotFit(block, hall);
        }

        if (names.Source is not { } source)
        {
            return null;
        }

        if (names.Candidates is not { Count: > 0 } candidates)
        {
            throw block.ProblemAt(
                source,
                $"{names.Described} is no known space group, or the names and the number disagree, and the block lists no symmetry operations; expected one such as 'F m -3 m'. {WayOut}."
            );
        }

        SpaceGroupSetting[] fitting =
        [
            .. candidates.Where(setting => OperationGroup.Fits(setting.Operations, lattice)),
        ];
        return fitting.Length > 0
            ? Chosen(block, names, source, fitting)
            : OtherAxes(block, source, lattice, candidates[0]);
    }

    /// <summary>The operations in the other axes of a rhombohedral group, where the cell has their shape: files name the wrong ones.</summary>
    private static ImmutableArray<SymmetryOperation> OtherAxes(
        CifBlock block,
        CifToken source,
        Lattice lattice,
        SpaceGroupSetting named
    )
    {
        SpaceGroupSetting? other = SpaceGroupSetting
            .OfNumber(named.Number)
            .FirstOrDefault(setting =>
                setting.Choice is "H" or "R" && OperationGroup.Fits(setting.Operations, lattice)
            );
        if (other is null)
        {
            throw DoesNotFit(block, source);
        }

        block.Remark(
            source,
            $"the cell does not have the shape for '{source.Text}'; took {other.Name}, for which it has."
        );
        return other.Operations;
    }

    /// <summary>A setting that the block names, for comparison with its operations; null where it names none or none for certain.</summary>
    public static (SpaceGroupSetting Setting, CifToken Source)? Named(CifBlock block)
    {
        CifGroupNames names = CifGroupNames.Of(block);
        return names is { Source: { } source, Candidates: { Count: > 0 } candidates } ? (candidates[0], source) : null;
    }

    private static ImmutableArray<SymmetryOperation> Chosen(
        CifBlock block,
        CifGroupNames names,
        CifToken source,
        SpaceGroupSetting[] fitting
    )
    {
        SpaceGroupSetting chosen = fitting[0];
        HashSet<SymmetryOperation> operations = [.. chosen.Operations];
        SpaceGroupSetting[] others = [.. fitting.Skip(1).Where(other => !operations.SetEquals(other.Operations))];
        if (others.Length > 0)
        {
            block.Remark(
                source,
                $"{names.Described} without operations may mean {fitting.Length} settings; took {chosen.Name}, Hall symbol '{chosen.HallSymbol}', and not {string.Join(", ", others.Take(3).Select(other => other.Name))}{(others.Length > 3 ? ", …" : "")}. {WayOut}, if that is wrong."
            );
        }

        return chosen.Operations;
    }

    private static void CheckAgreement(CifBlock block, CifGroupNames names, CifToken hall, int order)
    {
        if (names is not { Source: { } source, Candidates: { } candidates })
        {
            return;
        }

        string symbol = hall.Text.Replace('_', ' ').Trim();
        SpaceGroupSetting? known = SpaceGroupSetting.All.FirstOrDefault(setting =>
            setting.HallSymbol.Equals(symbol, StringComparison.OrdinalIgnoreCase)
        );
        bool agrees = candidates.Any(one =>
            known is null ? OperationGroup.PointGroupOrder(one.Operations) == order : one.Number == known.Number
        );
        if (!agrees)
        {
            throw block.ProblemAt(
                hall,
                $"the Hall symbol '{hall.Text}' is of {(known is null ? $"a group of {order} rotations" : $"space group {known.Number}")}, and {names.Described} on line {source.Line} is not; expected one group. {WayOut}."
            );
        }
    }

    private static StructureFormatException DoesNotFit(CifBlock block, CifToken source) =>
        block.ProblemAt(
            source,
            $"the cell does not have the shape that the space group '{source.Text}' asks for in any setting of that name; expected lengths and angles that its operations keep. {WayOut}."
        );
}

/// <summary>What a data block calls its space group.</summary>
/// <param name="Hall">Its Hall symbol.</param>
/// <param name="Source">The first other name, or the number; the Hall symbol where that is all.</param>
/// <param name="Described">That item with its value.</param>
/// <param name="Candidates">The settings that all names and the number admit; null where there is no such name.</param>
internal sealed record CifGroupNames(
    CifToken? Hall,
    CifToken? Source,
    string Described,
    IReadOnlyList<SpaceGroupSetting>? Candidates
)
{
    private static readonly string[] Unknown = ["", "unknown", "none", "n/a", "na", "0"];

    public static CifGroupNames Of(CifBlock block)
    {
        CifToken? hall = CifConstants
            .HallSymbols.Select(name => Known(block, name))
            .FirstOrDefault(value => value is not null);
        CifToken? first = null;
        string described = "";
        IEnumerable<SpaceGroupSetting>? candidates = null;
        foreach (string name in CifConstants.SpaceGroupNames.Except(CifConstants.HallSymbols))
        {
            if (Known(block, name) is not { } value)
            {
                continue;
            }

            (first, described) = first is null ? (value, $"{name} '{value.Text}'") : (first, described);
            SpaceGroupSetting[] found = [.. Settings(name, value.Text)];
            bool isOfType = name == CifConstants.ReferenceSymbol || CifConstants.SpaceGroupNumbers.Contains(name);
            candidates =
                candidates is null ? found
                : isOfType ? candidates.Where(one => Array.Exists(found, other => other.Number == one.Number))
                : candidates.Intersect(found);
        }

        (first, described) =
            first is null && hall is { } only ? (only, $"the Hall symbol '{only.Text}'") : (first, described);
        return new CifGroupNames(hall, first, described, InStatedSetting(block, candidates?.ToArray()));
    }

    /// <summary>Those of the coordinate system code, where it is that of any.</summary>
    private static SpaceGroupSetting[]? InStatedSetting(CifBlock block, SpaceGroupSetting[]? candidates)
    {
        string? code = Known(block, CifConstants.CoordinateSystem)?.Text;
        SpaceGroupSetting[] stated =
        [
            .. (candidates ?? []).Where(one => one.Choice.Equals(code, StringComparison.OrdinalIgnoreCase)),
        ];
        return stated.Length > 0 ? stated : candidates;
    }

    private static IEnumerable<SpaceGroupSetting> Settings(string item, string text)
    {
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return !isNumber ? SpaceGroupSetting.Named(text)
            : number == 1 || CifConstants.SpaceGroupNumbers.Contains(item) ? SpaceGroupSetting.OfNumber(number)
            : [];
    }

    private static CifToken? Known(CifBlock block, string name) =>
        block.Value(name) is { } value && !Unknown.Contains(value.Text.Trim(), StringComparer.OrdinalIgnoreCase)
            ? value
            : null;
}
