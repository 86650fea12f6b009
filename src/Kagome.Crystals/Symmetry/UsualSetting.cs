using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>What the search for space groups asks of the usual setting of each.</summary>
internal sealed partial class UsualSetting
{
    private static readonly Lazy<ImmutableArray<UsualSetting>> Table = new(() =>
        [.. Enumerable.Range(1, Count).Select(number => new UsualSetting(number))]
    );

    private static readonly Lazy<ILookup<(char, string), UsualSetting>> ByRotations = new(() =>
        Table.Value.ToLookup(setting => (setting.Group.Centring, RotationSet.Key(setting.ByRotation.Keys)))
    );

    /// <summary>The first group of each point group, in the order of International Tables A.</summary>
    private static readonly (int First, string Symbol)[] PointGroups =
    [
        (1, "1"),
        (2, "-1"),
        (3, "2"),
        (6, "m"),
        (10, "2/m"),
        (16, "222"),
        (25, "mm2"),
        (47, "mmm"),
        (75, "4"),
        (81, "-4"),
        (83, "4/m"),
        (89, "422"),
        (99, "4mm"),
        (111, "-42m"),
        (123, "4/mmm"),
        (143, "3"),
        (147, "-3"),
        (149, "32"),
        (156, "3m"),
        (162, "-3m"),
        (168, "6"),
        (174, "-6"),
        (175, "6/m"),
        (177, "622"),
        (183, "6mm"),
        (187, "-6m2"),
        (191, "6/mmm"),
        (195, "23"),
        (200, "m-3"),
        (207, "432"),
        (215, "-43m"),
        (221, "m-3m"),
    ];

    private UsualSetting(int number)
    {
        SpaceGroupSetting setting = SpaceGroupSetting.OfNumber(number)[0];
        Group = new(number, Symbol(setting));
        Operations = setting.Operations;
        ByRotation = Operations
            .GroupBy(operation => RotationSet.Code(operation.Rotation))
            .ToFrozenDictionary(alike => alike.Key, alike => alike.First());
        Centrings =
        [
            .. Operations
                .Where(operation => operation.Rotation == IntegerMatrix3.Identity)
                .Select(operation => operation.Translation),
        ];
        Positions = [.. WyckoffPosition.Of(number).Select(position => new WyckoffPlane(position))];
    }

    /// <summary>How many space groups there are.</summary>
    public const int Count = 230;

    public SpaceGroup Group { get; }

    /// <summary>Every operation, centring included.</summary>
    public ImmutableArray<SymmetryOperation> Operations { get; }

    /// <summary>By the code of each rotation the first operation that has it.</summary>
    public FrozenDictionary<int, SymmetryOperation> ByRotation { get; }

    /// <summary>The lattice points of the cell; the first is its corner.</summary>
    public ImmutableArray<Fractional> Centrings { get; }

    /// <summary>The Wyckoff positions, the most special first.</summary>
    public ImmutableArray<WyckoffPlane> Positions { get; }

    /// <summary>Such as <c>m-3m</c>.</summary>
    public string PointGroup => PointGroups.Last(point => point.First <= Group.Number).Symbol;

    /// <summary>1 to 230.</summary>
    public static UsualSetting Of(int number) => Table.Value[number - 1];

    /// <summary>The groups that have a centring and exactly these rotations.</summary>
    public static IEnumerable<UsualSetting> With(char centring, string rotations) =>
        ByRotations.Value[(centring, rotations)];

    /// <summary>The short symbol as programs write it: P 1 21/c 1 or P 21/c becomes P2_1/c.</summary>
    private static string Symbol(SpaceGroupSetting setting)
    {
        bool isMonoclinic = setting.Number is >= 3 and <= 15;
        string name = isMonoclinic ? setting.Names[1] : setting.Names[0];
        return string.Concat(name.Split(' ').Select(part => Screw().Replace(part, "${order}_${step}")));
    }

    [GeneratedRegex("^(?<order>[2346])(?<step>[1-5])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Screw();
}
