using System.Collections.Immutable;
using System.Globalization;

namespace Kagome.Crystals.Symmetry;

/// <summary>A space group in one setting: which axes, which centring, which origin.</summary>
/// <remarks>
/// <para>The 530 settings of International Tables A as spglib lists them, and triclinic groups in centred cells. Safe to use from several threads.</para>
/// <para>Source: the database of spglib 2.0.2, after S. R. Hall's list; the names of before 1992, such as Cmca, and of before 1983, such as Fm3m, are added.</para>
/// </remarks>
public sealed class SpaceGroupSetting
{
    private const string ResourceName = "space-groups.tsv";
    private static readonly Lazy<ImmutableArray<SpaceGroupSetting>> Table = new(Read);
    private static readonly Lazy<ILookup<string, SpaceGroupSetting>> ByName = new(() =>
        All.SelectMany(setting =>
                setting.Names.Select(name => (Name: SpaceGroupName.Compact(name), setting)).Distinct()
            )
            .ToLookup(pair => pair.Name, pair => pair.setting)
    );
    private readonly Lazy<ImmutableArray<SymmetryOperation>> operations;

    private SpaceGroupSetting(string[] columns)
    {
        Number = int.Parse(columns[0], CultureInfo.InvariantCulture);
        Choice = columns[1];
        HallSymbol = columns[2];
        Names = [columns[3], .. columns[4].Split(';', StringSplitOptions.RemoveEmptyEntries)];
        operations = new(() =>
            Symmetry.HallSymbol.TryExpand(HallSymbol, out ImmutableArray<SymmetryOperation> all)
                ? all
                : throw new InvalidOperationException($"{HallSymbol} of {ResourceName} is no Hall symbol.")
        );
    }

    /// <summary>All settings by number; the first of each number is the one that is usual.</summary>
    public static ImmutableArray<SpaceGroupSetting> All => Table.Value;

    /// <summary>1 to 230.</summary>
    public int Number { get; }

    /// <summary>Which setting of the group: origin 1 or 2, axes H or R, the unique axis, an order of axes such as cab; may be empty.</summary>
    public string Choice { get; }

    /// <summary>The Hall symbol, which states the setting.</summary>
    public string HallSymbol { get; }

    /// <summary>Hermann-Mauguin symbols with spaces: that of CIF first, then others in use.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The symbol as CIF writes it, with the choice where several share it, such as <c>F d -3 m :1</c>.</summary>
    public string Name => IsOneOfSeveral ? $"{Names[0]} :{Choice}" : Names[0];

    /// <summary>Every operation, centring included, the identity first.</summary>
    public ImmutableArray<SymmetryOperation> Operations => operations.Value;

    private bool IsOneOfSeveral => ByName.Value[SpaceGroupName.Compact(Names[0])].Skip(1).Any();

    /// <summary>The settings that a Hermann-Mauguin symbol may mean, in the order of the table; none where it is not known.</summary>
    /// <param name="name">In any usual spelling: <c>Fm-3m</c>, <c>F m -3 m</c>, <c>P2(1)/c</c>, <c>R -3 m :H</c>, <c>F d 3 m Z</c>.</param>
    public static IReadOnlyList<SpaceGroupSetting> Named(string name)
    {
        if (SpaceGroupName.Read(name) is not { } symbol)
        {
            return [];
        }

        SpaceGroupSetting[] exact = [.. ByName.Value[symbol.Compacted]];
        return
        [
            .. (exact.Length > 0 ? exact : ByName.Value[symbol.Symbol]).Where(setting =>
                exact.Length > 0 || symbol.Admits(setting)
            ),
        ];
    }

    /// <summary>The settings that a text names: a number, a Hermann-Mauguin symbol, or a Hall symbol; none where it names none.</summary>
    /// <param name="text">Such as <c>221</c>, <c>Pm-3m</c> or <c>-P 4 2 3</c>.</param>
    public static IReadOnlyList<SpaceGroupSetting> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed.Length > 0 && trimmed.All(char.IsAsciiDigit))
        {
            return int.TryParse(trimmed, CultureInfo.InvariantCulture, out int number) ? OfNumber(number) : [];
        }

        return Named(trimmed) is { Count: > 0 } named
            ? named
            :
            [
                .. All.Where(setting =>
                    setting.HallSymbol.Equals(trimmed.Replace('_', ' '), StringComparison.OrdinalIgnoreCase)
                ),
            ];
    }

    /// <summary>The settings of a number, the usual one first.</summary>
    public static IReadOnlyList<SpaceGroupSetting> OfNumber(int number) =>
        [.. All.Where(setting => setting.Number == number && setting.Choice is not ("A" or "B" or "C" or "I" or "F"))];

    /// <summary>Name and number, such as Fm-3m (225).</summary>
    public override string ToString() => $"{Name} ({Number})";

    private static ImmutableArray<SpaceGroupSetting> Read()
    {
        using Stream stream = typeof(SpaceGroupSetting).Assembly.GetManifestResourceStream(ResourceName)!;
        using StreamReader reader = new(stream);
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(row => new SpaceGroupSetting(row.TrimEnd('\r').Split('\t'))),
        ];
    }
}
