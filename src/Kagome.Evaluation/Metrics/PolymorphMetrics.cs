using Kagome.Crystals.Matching;
using Kagome.Evaluation.Scoring;

namespace Kagome.Evaluation;

/// <summary>Formulas of which the data have as many different structures, and how many of these were found among all predictions of the formula.</summary>
/// <param name="Structures">Different ones of a formula, at least two; those that match each other count once.</param>
/// <param name="Formulas">How many there are, at least one.</param>
/// <param name="AllFound">The share of the formulas all of whose structures were found.</param>
/// <param name="Found">The share of a formula's structures that were found, on average.</param>
public sealed record PolymorphMetrics(int Structures, int Formulas, Estimate AllFound, Estimate Found)
{
    /// <summary>By the number of structures, the fewest first; empty where no formula has two.</summary>
    /// <param name="references">The crystals.</param>
    /// <param name="results">What was found of each.</param>
    /// <param name="matcher">Says which are the same.</param>
    /// <param name="seed">The seed of the intervals.</param>
    /// <param name="cancellation">Ends the search.</param>
    internal static IReadOnlyList<PolymorphMetrics> Of(
        IReadOnlyList<ReferenceCrystal> references,
        IReadOnlyList<CrystalResult> results,
        StructureMatcher matcher,
        long seed,
        CancellationToken cancellation = default
    ) =>
        [
            .. references
                .Zip(results, (reference, result) => (reference.Structure, IsFound: result.EveryoneRms is not null))
                .GroupBy(crystal => crystal.Structure.Composition.Reduced)
                .Where(formula => formula.Skip(1).Any())
                .Select(formula => FoundOf([.. formula], matcher, cancellation))
                .GroupBy(found => found.Length)
                .Where(group => group.Key > 1)
                .OrderBy(group => group.Key)
                .Select(group => new PolymorphMetrics(
                    group.Key,
                    group.Count(),
                    Bootstrap.Mean([.. group.Select(found => (double?)(found.All(one => one) ? 1 : 0))], seed)!,
                    Bootstrap.Mean([.. group.Select(found => (double?)found.Average(one => one ? 1 : 0))], seed)!
                )),
        ];

    /// <summary>For each different structure of a formula, whether it was found.</summary>
    private static bool[] FoundOf(
        (Crystals.Structures.Structure Structure, bool IsFound)[] crystals,
        StructureMatcher matcher,
        CancellationToken cancellation
    ) =>
        [
            .. DuplicateGroups
                .Find([.. crystals.Select(crystal => crystal.Structure)], matcher, cancellation)
                .Select(same => same.Any(at => crystals[at].IsFound)),
        ];
}
