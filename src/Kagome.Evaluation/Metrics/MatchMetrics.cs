namespace Kagome.Evaluation.Metrics;

/// <summary>How many crystals are matched, and how closely.</summary>
/// <param name="Matched">Crystals with a match.</param>
/// <param name="Rate">Their share among all.</param>
/// <param name="Rmse">Mean of the smallest RMS over the matched crystals; null where there is none.</param>
/// <param name="CorrectedRmse">Mean over all crystals, with stol for those without a match.</param>
public sealed record MatchMetrics(int Matched, Estimate Rate, Estimate? Rmse, Estimate CorrectedRmse)
{
    /// <param name="smallestRms">For each crystal; null where it is not matched.</param>
    /// <param name="stol">The matcher's, which bounds any RMS.</param>
    /// <param name="seed">Of the intervals.</param>
    public static MatchMetrics Of(IReadOnlyList<double?> smallestRms, double stol, int seed) =>
        new(
            smallestRms.Count(rms => rms is not null),
            Bootstrap.Mean([.. smallestRms.Select(rms => (double?)(rms is null ? 0 : 1))], seed)!,
            Bootstrap.Mean(smallestRms, seed),
            Bootstrap.Mean([.. smallestRms.Select(rms => rms ?? stol)], seed)!
        );
}
