namespace Kagome.Evaluation.Comparisons;

/// <summary>What matters of a structure where two evaluations are compared.</summary>
/// <param name="IsMatched">Whether it matches its reference, valid or not.</param>
/// <param name="IsValid">Whether it is a valid structure.</param>
/// <param name="Energy">Predicted energy above hull, eV/atom; null where it was not asked for or nothing can be said.</param>
public readonly record struct SampleOutcome(bool IsMatched, bool IsValid, double? Energy);

/// <summary>What one evaluation has over another of the same crystals: the noise that both share falls out.</summary>
/// <param name="Crystals">Crystals that are in both.</param>
/// <param name="MatchRate">The second's share of crystals whose first sample is matched less the first's.</param>
/// <param name="MatchRateAtK">The same of any sample.</param>
/// <param name="Validity">The second's share of valid structures less the first's.</param>
/// <param name="CrystalsWithEnergy">Crystals with a sample whose energy is known in both.</param>
/// <param name="EnergyBefore">The first's energy over those samples, in eV/atom; null where none is known.</param>
/// <param name="Energy">The second's energy less the first's over those samples, in eV/atom; null where none is known.</param>
public sealed record PairedDifference(
    int Crystals,
    Estimate MatchRate,
    Estimate MatchRateAtK,
    Estimate Validity,
    int CrystalsWithEnergy,
    Estimate? EnergyBefore,
    Estimate? Energy
)
{
    /// <summary>Compares two evaluations crystal by crystal.</summary>
    /// <param name="before">The first evaluation's samples, by crystal and number of the sample.</param>
    /// <param name="after">The second's.</param>
    /// <param name="seed">The seed of the intervals, which draw crystals.</param>
    /// <returns>Null where the two have no sample in common.</returns>
    public static PairedDifference? Of(
        IReadOnlyDictionary<(string Id, int Sample), SampleOutcome> before,
        IReadOnlyDictionary<(string Id, int Sample), SampleOutcome> after,
        long seed
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

        Estimate? Of(Func<Pair[], double?> value) => Bootstrap.Mean([.. crystals.Select(value)], seed);
        Estimate? Mean(Func<Pair, double?> value) => Of(pairs => pairs.Average(value));
        return new PairedDifference(
            crystals.Length,
            Of(pairs => Number(pairs[0].After.IsMatched) - Number(pairs[0].Before.IsMatched))!,
            Of(pairs =>
                Number(pairs.Any(pair => pair.After.IsMatched)) - Number(pairs.Any(pair => pair.Before.IsMatched))
            )!,
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
