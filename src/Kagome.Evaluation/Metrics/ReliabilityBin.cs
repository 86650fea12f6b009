namespace Kagome.Evaluation;

/// <summary>Crystals whose first structure was given about the same probability, and how many of these structures were right.</summary>
/// <param name="Crystals">How many, at least one.</param>
/// <param name="Probability">The mean of what was said.</param>
/// <param name="Right">The share that matched.</param>
public sealed record ReliabilityBin(int Crystals, double Probability, Estimate Right)
{
    private const int Count = 10;

    /// <summary>Ten bins of equal width, without those that are empty.</summary>
    /// <param name="crystals">Those without a probability are left out.</param>
    /// <param name="seed">The seed of the intervals.</param>
    public static IReadOnlyList<ReliabilityBin> Of(IReadOnlyList<CrystalResult> crystals, long seed) =>
        [
            .. crystals
                .Where(crystal => crystal.Samples[0].Probability is not null)
                .GroupBy(crystal => Math.Min((int)(Count * crystal.Samples[0].Probability!.Value), Count - 1))
                .OrderBy(bin => bin.Key)
                .Select(bin => new ReliabilityBin(
                    bin.Count(),
                    bin.Average(crystal => crystal.Samples[0].Probability!.Value),
                    Bootstrap.Mean([.. bin.Select(crystal => (double?)(crystal.SmallestRms(1) is null ? 0 : 1))], seed)!
                )),
        ];

    /// <summary>The mean over all crystals of how far the probabilities of their bin are off, 0 to 1; null where there are none.</summary>
    /// <remarks>Known as the expected calibration error.</remarks>
    public static double? CalibrationError(IReadOnlyList<ReliabilityBin> bins) =>
        bins.Count == 0
            ? null
            : bins.Sum(bin => bin.Crystals * Math.Abs(bin.Probability - bin.Right.Value))
                / bins.Sum(bin => bin.Crystals);
}
