using System.Text.Json.Serialization;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome;

/// <summary>What is known of a crystal before its structure is, such as from diffraction: predictions that are otherwise are left out.</summary>
public sealed record CrystalConstraints
{
    /// <summary>How far a cell may be from <see cref="Cell"/> at most: half of its lengths.</summary>
    public const double LargestCellTolerance = 0.5;

    /// <summary>Numbers of space groups, 1 to 230, one of which the crystal has. Default: none, for any.</summary>
    public IReadOnlyList<int> SpaceGroups { get; init; } = [];

    /// <summary>Crystal systems, one of which the crystal is of. Default: none, for any.</summary>
    public IReadOnlyList<CrystalSystem> CrystalSystems { get; init; } = [];

    /// <summary>The conventional or the primitive cell. Default: null, for any.</summary>
    public LatticeParameters? Cell { get; init; }

    /// <summary>By what share the lengths of the cell may differ, and its angles in radians; above 0, at most 0.5. Default 0.03. Ignored without <see cref="Cell"/>.</summary>
    public double CellTolerance { get; init; } = 0.03;

    /// <summary>Between which bounds the volume of the cell by its atoms lies. Default: null, for any.</summary>
    public VolumeRange? VolumePerAtom { get; init; }

    /// <summary>Whether nothing is known.</summary>
    [JsonIgnore]
    public bool IsEmpty => !HasSymmetry && Cell is null && VolumePerAtom is null;

    internal bool HasSymmetry => SpaceGroups.Count > 0 || CrystalSystems.Count > 0;

    /// <summary>The space groups that the crystal may have, by number.</summary>
    [JsonIgnore]
    public IEnumerable<int> AdmittedSpaceGroups =>
        Enumerable.Range(1, SpaceGroupNumber.Largest).Where(number => Admits(number));

    /// <summary>Whether the crystal may have a space group.</summary>
    /// <param name="spaceGroup">1 to 230; null where it is not known.</param>
    public bool Admits(int? spaceGroup) =>
        !HasSymmetry
        || (
            spaceGroup is { } number
            && (SpaceGroups.Count == 0 || SpaceGroups.Contains(number))
            && (CrystalSystems.Count == 0 || CrystalSystems.Contains(SpaceGroupNumber.System(number)))
        );

    /// <summary>Whether the crystal, or its mirror image, may have a space group.</summary>
    internal bool AdmitsImage(int? spaceGroup) =>
        Admits(spaceGroup) || (spaceGroup is { } number && Admits(SpaceGroupNumber.OfMirrorImage(number)));

    /// <summary>Checks that every value is in its range, and that none contradicts another.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    /// <exception cref="InputException">Two values contradict each other.</exception>
    public void Validate()
    {
        OptionException.RequireGiven(nameof(SpaceGroups), SpaceGroups);
        OptionException.RequireGiven(nameof(CrystalSystems), CrystalSystems);
        foreach (int number in SpaceGroups)
        {
            OptionException.RequireBetween(nameof(SpaceGroups), number, 1, SpaceGroupNumber.Largest);
        }

        foreach (CrystalSystem system in CrystalSystems)
        {
            OptionException.RequireNamed(nameof(CrystalSystems), system);
        }

        if (HasSymmetry && !AdmittedSpaceGroups.Any())
        {
            throw new InputException(
                $"{nameof(SpaceGroups)} is {string.Join(", ", SpaceGroups)}, which is of no {nameof(CrystalSystems)} {string.Join(", ", CrystalSystems).ToLowerInvariant()}; leave one of them out.",
                SpaceGroups,
                nameof(SpaceGroups),
                nameof(CrystalSystems)
            );
        }

        if (Cell is { } cell && cell.Problem() is { } problem)
        {
            throw new OptionException(nameof(Cell), Text(cell), $"a cell: {problem}");
        }

        if (!(CellTolerance is > 0 and <= LargestCellTolerance))
        {
            throw new OptionException(
                nameof(CellTolerance),
                CellTolerance,
                $"a number above 0, at most {LargestCellTolerance}"
            );
        }

        VolumePerAtom?.Validate();
        CheckShape();
    }

    /// <summary>Refuses a cell whose lattice has not the axes of any group that is asked for.</summary>
    private void CheckShape()
    {
        if (!HasSymmetry || Cell is not { } cell)
        {
            return;
        }

        double symprec = CellTolerance * Math.Min(cell.A, Math.Min(cell.B, cell.C));
        Structure points = new(Lattice.FromParameters(cell), [new Site(new Element(1), default)]);
        if (new SymmetryFinder(symprec).Find(points) is not { } lattice)
        {
            return;
        }

        Dictionary<(int, int), int> axes = Axes(lattice.Standard.Operations);
        if (!AdmittedSpaceGroups.Any(number => HasAxesOf(SpaceGroupSetting.OfNumber(number)[0])))
        {
            string system = $"{SpaceGroupNumber.System(lattice.Group.Number)}".ToLowerInvariant();
            throw new InputException(
                $"{nameof(Cell)} is {Text(cell)}, a {system} lattice, which no crystal {this with { Cell = null, VolumePerAtom = null }} has; leave one of them out, or widen {nameof(CellTolerance)}.",
                cell,
                nameof(Cell),
                nameof(CellTolerance)
            );
        }

        bool HasAxesOf(SpaceGroupSetting setting) =>
            Axes(setting.Operations).All(kind => kind.Value <= axes.GetValueOrDefault(kind.Key));
    }

    /// <summary>How many rotations there are of each kind: of each trace and determinant, which tell the order of the axis.</summary>
    private static Dictionary<(int Trace, int Determinant), int> Axes(IEnumerable<SymmetryOperation> operations) =>
        operations
            .Select(operation => operation.Rotation)
            .Distinct()
            .GroupBy(rotation => (rotation.M11 + rotation.M22 + rotation.M33, rotation.Determinant))
            .ToDictionary(kind => kind.Key, kind => kind.Count());

    /// <summary>In words, such as <c>of space group Pm-3m (221), with a cell of 3.9, 3.9, 3.9 Å, 90, 90, 90°</c>; empty where nothing is known.</summary>
    public override string ToString()
    {
        string groups = string.Join(" or ", SpaceGroups.Select(SpaceGroup.OfNumber));
        string systems = string.Join(" or ", CrystalSystems).ToLowerInvariant();
        return string.Join(
            ", ",
            new[]
            {
                groups.Length > 0 ? $"of space group {groups}" : "",
                systems.Length > 0 ? $"of {systems} symmetry" : "",
                Cell is { } cell ? $"with a cell of {Text(cell)}" : "",
                VolumePerAtom is { } volume ? $"of {volume}" : "",
            }.Where(part => part.Length > 0)
        );
    }

    private static string Text(LatticeParameters cell) =>
        FormattableString.Invariant($"{cell.A}, {cell.B}, {cell.C} Å, {cell.Alpha}, {cell.Beta}, {cell.Gamma}°");
}

/// <summary>Bounds of a volume by atom.</summary>
/// <param name="Smallest">In Å³/atom; above 0.</param>
/// <param name="Largest">In Å³/atom; not below the smallest.</param>
public sealed record VolumeRange(double Smallest, double Largest)
{
    /// <summary>Whether a volume, in Å³/atom, is within the bounds, which belong to it.</summary>
    public bool Contains(double volumePerAtom) => volumePerAtom >= Smallest && volumePerAtom <= Largest;

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A bound is not a number above 0, or the largest is below the smallest.</exception>
    public void Validate()
    {
        OptionException.RequirePositive(nameof(CrystalConstraints.VolumePerAtom), Smallest, "12");
        OptionException.RequirePositive(nameof(CrystalConstraints.VolumePerAtom), Largest, "16");
        if (Largest < Smallest)
        {
            throw new OptionException(
                nameof(CrystalConstraints.VolumePerAtom),
                $"{Smallest} to {Largest}",
                "the smaller bound first, such as 12 to 16"
            );
        }
    }

    /// <summary>Both bounds, such as "12 to 16 Å³/atom".</summary>
    public override string ToString() => FormattableString.Invariant($"{Smallest} to {Largest} Å³/atom");
}
