using Kagome.Crystals.Matching;

namespace Kagome.Crystals.Tests.Matching;

/// <summary>The matcher against pymatgen 2022.11.7's StructureMatcher on 1,200 pairs of real crystals.</summary>
public sealed class GoldenPairsTests
{
    private const double RmsTolerance = 1e-4;

    // Pair 364: two pairings of its 32 sites have the same sum of squared distances (61.925138 Å²) but differ by 0.0026 in the
    // RMS that is left without the common displacement. Which one a solver returns is chance: pymatgen itself returns one for
    // some orientations of this crystal and the other for others (0.45584 and 0.45843).
    private static readonly int[] CspTies = [364];

    [Fact]
    public void Compare_csp_tolerances_agrees_with_pymatgen() =>
        AssertAgrees(MatcherOptions.Csp, pair => pair.Csp, CspTies);

    [Fact]
    public void Compare_default_tolerances_agrees_with_pymatgen() =>
        AssertAgrees(MatcherOptions.Default, pair => pair.Default, []);

    private static void AssertAgrees(MatcherOptions settings, Func<GoldenPair, double[]?> expectedOf, int[] ties)
    {
        StructureMatcher matcher = new(settings);
        List<string> differences = [];
        foreach (GoldenPair pair in GoldenPairs.Read())
        {
            MatchResult result = matcher.Compare(pair.First, pair.Second, TestContext.Current.CancellationToken);
            double[]? expected = expectedOf(pair);
            if (
                !IsSame(expected, result.Match)
                && !(expected is not null && result.IsMatch && ties.Contains(pair.Index))
            )
            {
                differences.Add(
                    $"{pair.Index} ({pair.Kind}): {result.Verdict} {result.Match?.Rms} {result.Match?.LargestDistance}, "
                        + $"pymatgen {expected?[0]} {expected?[1]}"
                );
            }
        }

        Assert.Empty(differences);
    }

    private static bool IsSame(double[]? expected, StructureMatch? match) =>
        expected is null
            ? match is null
            : match is not null
                && Math.Abs(expected[0] - match.Rms) < RmsTolerance
                && Math.Abs(expected[1] - match.LargestDistance) < RmsTolerance;
}
