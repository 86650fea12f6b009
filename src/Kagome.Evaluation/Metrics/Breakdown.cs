namespace Kagome.Evaluation;

/// <summary>The figures of those crystals that are alike in something.</summary>
/// <param name="Group">What they share: an atom count such as 5, a range such as 21–24, or a number of elements.</param>
/// <param name="Metrics">The figures of these crystals alone.</param>
public sealed record GroupMetrics(string Group, EvaluationMetrics Metrics);

/// <summary>Splits results by the size, the chemistry and the stability of the crystals, and by where structures came from.</summary>
public static class Breakdown
{
    /// <summary>Up to this many atoms, as in MP-20, each atom count stands alone.</summary>
    private const int LargestSingleCount = 20;

    /// <summary>Above it this many atom counts share a group.</summary>
    private const int GroupWidth = 4;

    private static readonly double[] EnergyBounds = [1e-4, 0.01, 0.03, 0.05];

    private static readonly string[] EnergyGroups = ["0", "to 0.01", "to 0.03", "to 0.05", "above 0.05", "not known"];

    /// <summary>Groups by the atoms in the reference's cell, ascending.</summary>
    public static IReadOnlyList<GroupMetrics> ByAtomCount(
        IReadOnlyList<CrystalResult> crystals,
        double stol,
        long seed
    ) => By(crystals, crystal => FirstOfGroup(crystal.Atoms), AtomGroup, stol, seed);

    /// <summary>Groups by the number of different elements, ascending.</summary>
    public static IReadOnlyList<GroupMetrics> ByElementCount(
        IReadOnlyList<CrystalResult> crystals,
        double stol,
        long seed
    ) => By(crystals, crystal => crystal.Elements, count => $"{count}", stol, seed);

    /// <summary>Groups by the energy above the hull, ascending; those whose energy is not known make the last one. Empty where none is known.</summary>
    public static IReadOnlyList<GroupMetrics> ByEnergyAboveHull(
        IReadOnlyList<CrystalResult> crystals,
        double stol,
        long seed
    ) =>
        crystals.All(crystal => crystal.EnergyAboveHull is null)
            ? []
            : By(crystals, crystal => EnergyGroup(crystal.EnergyAboveHull), group => EnergyGroups[group], stol, seed);

    /// <summary>Groups by the source of the first structure; empty where there is but one.</summary>
    public static IReadOnlyList<GroupMetrics> BySource(IReadOnlyList<CrystalResult> crystals, double stol, long seed) =>
        crystals.Select(crystal => crystal.Source).OfType<CandidateSources>().Distinct().Count() < 2
            ? []
            : By(
                crystals,
                crystal => (int?)crystal.Source ?? int.MaxValue,
                source =>
                    (CandidateSources)source switch
                    {
                        CandidateSources.Prototypes => "known structure types",
                        CandidateSources.Generated => "generated",
                        _ => "none",
                    },
                stol,
                seed
            );

    /// <summary>The last of the bounds that an energy lies above; hull energies are rounded to a tenth of a meV.</summary>
    private static int EnergyGroup(double? energy) =>
        energy is { } known ? EnergyBounds.Count(bound => known > bound) : EnergyBounds.Length + 1;

    private static GroupMetrics[] By(
        IReadOnlyList<CrystalResult> crystals,
        Func<CrystalResult, int> key,
        Func<int, string> name,
        double stol,
        long seed
    ) =>
        [
            .. crystals
                .GroupBy(key)
                .OrderBy(group => group.Key)
                .Select(group => new GroupMetrics(name(group.Key), EvaluationMetrics.Of([.. group], stol, seed))),
        ];

    private static int FirstOfGroup(int atoms) =>
        atoms <= LargestSingleCount ? atoms : atoms - ((atoms - LargestSingleCount - 1) % GroupWidth);

    private static string AtomGroup(int first) =>
        first <= LargestSingleCount ? $"{first}" : $"{first}–{first + GroupWidth - 1}";
}
