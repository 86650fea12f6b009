using Kagome.Crystals.Compositions;
using Kagome.Crystals.Symmetry;

namespace Kagome.Prototypes;

/// <summary>A primitive cell to look for among known crystals, of all space groups or of those whose conventional cell was asked for.</summary>
/// <param name="Composition">All its atoms.</param>
/// <param name="Multiples">How many of it the conventional cell of the space group may hold; null for any space group.</param>
internal sealed record SoughtCell(Composition Composition, IReadOnlySet<int>? Multiples = null)
{
    /// <summary>The primitive cells of cells that may be primitive, or conventional ones of centred space groups.</summary>
    /// <param name="cells">Of one formula, each once.</param>
    public static IReadOnlyList<SoughtCell> Of(IReadOnlyList<Composition> cells) =>
        [
            .. cells.Select(cell => new SoughtCell(cell)),
            .. cells
                .SelectMany(cell =>
                    new[] { 2, 3, 4 }
                        .Where(multiple => cell.FormulaUnits % multiple == 0)
                        .Select(multiple => (Cell: cell.Reduced.Times(cell.FormulaUnits / multiple), multiple))
                )
                .Where(part => !cells.Contains(part.Cell))
                .GroupBy(part => part.Cell, part => part.multiple)
                .Select(part => new SoughtCell(part.Key, part.ToHashSet())),
        ];

    /// <summary>Known crystals that are not to be used: those that are left out anyway, and those of other space groups.</summary>
    public Func<KnownCrystal, bool>? LeavingOut(Func<KnownCrystal, bool>? isLeftOut) =>
        Multiples is null
            ? isLeftOut
            : crystal => isLeftOut?.Invoke(crystal) == true || !Multiples.Contains(Multiple(crystal.SpaceGroup));

    private static int Multiple(int? spaceGroup) =>
        spaceGroup is not { } number
            ? 1
            : SpaceGroup.OfNumber(number).Centring switch
            {
                'F' => 4,
                'R' => 3,
                'P' => 1,
                _ => 2,
            };
}
