using System.CommandLine;
using System.Globalization;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>What is known of a crystal before its structure is.</summary>
internal sealed class ConstraintOptions
{
    private readonly Option<string?> spaceGroup = Text(
        "--space-group",
        "Only structures of these space groups: numbers, Hermann-Mauguin or Hall symbols, such as 191 or P6/mmm,R-3m."
    );
    private readonly Option<string?> crystalSystem = Text(
        "--crystal-system",
        "Only structures of these crystal systems, such as hexagonal or cubic,tetragonal."
    );
    private readonly Option<string?> cell = Text(
        "--cell",
        "Only structures of this primitive or conventional cell: a,b,c,alpha,beta,gamma in Å and degrees."
    );
    private readonly Option<string?> cellTolerance = Text(
        "--cell-tolerance",
        "How far lengths of --cell may be off, such as 3% or 0.03; angles by as much in radians. [default: 3%]"
    );
    private readonly Option<string?> volume = Text(
        "--volume-per-atom",
        "Only structures of such a volume, in Å³/atom, such as 12..16."
    );

    public IEnumerable<Option> All => [spaceGroup, crystalSystem, cell, cellTolerance, volume];

    /// <exception cref="InputException">A word is no space group, crystal system, cell or range.</exception>
    public CrystalConstraints Read(ParseResult parsed)
    {
        CrystalConstraints constraints = new()
        {
            SpaceGroups = [.. Parts(parsed.GetValue(spaceGroup), ",").Select(SpaceGroup).Distinct()],
            CrystalSystems = [.. Parts(parsed.GetValue(crystalSystem), ",").Select(System).Distinct()],
            Cell = parsed.GetValue(cell) is { } lengths ? Cell(lengths) : null,
            VolumePerAtom = parsed.GetValue(volume) is { } range ? Volume(range) : null,
        };
        if (parsed.GetValue(cellTolerance) is not { } tolerance)
        {
            return constraints;
        }

        return constraints.Cell is null
            ? throw new InputException($"{cellTolerance.Name} is {tolerance} without {cell.Name}; give the cell, too.")
            : constraints with
            {
                CellTolerance = Tolerance(tolerance),
            };
    }

    private static string[] Parts(string? text, string separator) =>
        text?.Split(separator, StringSplitOptions.TrimEntries) ?? [];

    private int SpaceGroup(string text) =>
        SpaceGroupSetting.Find(text) is { Count: > 0 } found
            ? found[0].Number
            : throw new InputException(
                $"{spaceGroup.Name} has '{text}'; expected numbers from 1 to 230, or symbols such as P6/mmm, R -3 m or -P 6 2."
            );

    private CrystalSystem System(string text) =>
        Enum.GetNames<CrystalSystem>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<CrystalSystem>(text, ignoreCase: true)
            : throw new InputException(
                $"{crystalSystem.Name} has '{text}'; expected {string.Join(", ", Enum.GetNames<CrystalSystem>()).ToLowerInvariant()}."
            );

    private LatticeParameters Cell(string text)
    {
        double?[] numbers = [.. Parts(text, ",").Select(Number)];
        return numbers is [{ } a, { } b, { } c, { } alpha, { } beta, { } gamma]
            ? new LatticeParameters(a, b, c, alpha, beta, gamma)
            : throw new InputException(
                $"{cell.Name} is '{text}'; expected six numbers: three lengths in Å and three angles in degrees, such as 3.905,3.905,3.905,90,90,90."
            );
    }

    private double Tolerance(string text) =>
        (text.EndsWith('%') ? Number(text[..^1]) / 100 : Number(text))
        ?? throw new InputException($"{cellTolerance.Name} is '{text}'; expected a share such as 3% or 0.03.");

    private VolumeRange Volume(string text) =>
        Parts(text, "..").Select(Number).ToArray() is [{ } smallest, { } largest]
            ? new VolumeRange(smallest, largest)
            : throw new InputException($"{volume.Name} is '{text}'; expected two numbers in Å³/atom, such as 12..16.");

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
