namespace Kagome.Evaluation;

/// <summary>The figures of those crystals that are alike in something.</summary>
/// <param name="Group">What they share: an atom count such as 5, a range such as 21–24, or a number of elements.</param>
/// <param name="Metrics">The figures of these crystals alone.</param>
public sealed record GroupMetrics(string Group, EvaluationMetrics Metrics);

/// <summary>Splits results by the size and by the chemistry of the crystals.</summary>
public static class Breakdown
{
    /// <summary>Up to this many atoms, as in MP-20, each atom count stands alone.</summary>
    private const int LargestSingleCount = 20;

    /// <summary>Above it this many atom counts share a group.</summary>
    private const int GroupWidth = 4;

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
