namespace Kagome.Evaluation.Metrics;

/// <summary>What one evaluation has over another of the same crystals: the noise that both share falls out.</summary>
/// <param name="Crystals">In both.</param>
/// <param name="MatchRate">Second less first, as a share.</param>
/// <param name="Validity">Second less first, as a share.</param>
/// <param name="CrystalsWithEnergy">With a sample whose energy is known in both.</param>
/// <param name="EnergyBefore">Of the first, over those samples; eV/atom. Null where no energy is known.</param>
/// <param name="Energy">Second less first, over those samples; eV/atom. Null where no energy is known.</param>
public sealed record PairedDifference(
    int Crystals,
    Estimate MatchRate,
    Estimate Validity,
    int CrystalsWithEnergy,
    Estimate? EnergyBefore,
    Estimate? Energy
)
{
    /// <param name="before">Of the first evaluation, by crystal and number of the sample.</param>
    /// <param name="after">Of the second.</param>
    /// <param name="seed">Of the intervals, which draw crystals.</param>
    /// <returns>Null where the two have no sample in common.</returns>
    public static PairedDifference? Of(
        IReadOnlyDictionary<(string Id, int Sample), SampleOutcome> before,
        IReadOnlyDictionary<(string Id, int Sample), SampleOutcome> after,
        int seed
    )
    {
        Pair[][] crystals =
        [
            .. before
                .Where(sample => after.ContainsKey(sample.Key))
                .OrderBy(sample => sample.Key.Id, StringComparer.Ordinal)
                .ThenBy(sample => sample.Key.Sample)
                .GroupBy(sample => sample.Key.Id, sample => new Pair(sample.Value, after[sample.Key]))
                .Select(group => group.ToArray()),
        ];
        if (crystals.Length == 0)
        {
            return null;
        }

        Estimate? Mean(Func<Pair, double?> value) =>
            Bootstrap.Mean([.. crystals.Select(pairs => pairs.Average(value))], seed);
        return new PairedDifference(
            crystals.Length,
            Mean(pair => Number(pair.After.IsMatched) - Number(pair.Before.IsMatched))!,
            Mean(pair => Number(pair.After.IsValid) - Number(pair.Before.IsValid))!,
            crystals.Count(pairs => pairs.Any(pair => pair.EnergyChange is not null)),
            Mean(pair => pair.EnergyChange is null ? null : pair.Before.Energy),
            Mean(pair => pair.EnergyChange)
        );
    }

    private static double Number(bool value) => value ? 1 : 0;

    private readonly record struct Pair(SampleOutcome Before, SampleOutcome After)
    {
        public double? EnergyChange => After.Energy - Before.Energy;
    }
}
