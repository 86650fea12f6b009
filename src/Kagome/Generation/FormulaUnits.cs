using Kagome.Crystals.Compositions;

namespace Kagome;

/// <summary>How many formula units Z a cell may hold, and how many samples each Z deserves.</summary>
public static class FormulaUnits
{
    private const double SmallestShare = 0.05;

    /// <summary>What is tried where nothing is known of how often each Z occurs.</summary>
    private static readonly int[] Usual = [1, 2, 4];

    /// <summary>The Z that a formula may well have, of any size: those of at least a twentieth of known cells, and the usual ones.</summary>
    /// <param name="frequencies">How often each Z occurs in known cells of formulas with as many atoms; may be empty.</param>
    public static IReadOnlyList<int> Plausible(IReadOnlyDictionary<int, int> frequencies)
    {
        double total = frequencies.Values.Sum();
        return
        [
            .. frequencies
                .Where(pair => pair.Value >= SmallestShare * total)
                .Select(pair => pair.Key)
                .Union(Usual)
                .Order(),
        ];
    }

    /// <summary>Spreads samples over the plausible Z of a formula.</summary>
    /// <param name="formula">One formula unit.</param>
    /// <param name="largestAtomCount">Of a cell.</param>
    /// <param name="samples">To spread, above 0.</param>
    /// <param name="frequencies">How often each Z occurs in known cells of formulas with as many atoms; may be empty.</param>
    /// <returns>Samples by Z, ascending; every Z at least one. Empty where not even Z = 1 fits.</returns>
    public static IReadOnlyList<(int Z, int Samples)> Spread(
        Composition formula,
        int largestAtomCount,
        int samples,
        IReadOnlyDictionary<int, int> frequencies
    )
    {
        int largestZ = largestAtomCount / formula.AtomCount;
        if (largestZ < 1)
        {
            return [];
        }

        Dictionary<int, int> weights = frequencies.Where(pair => pair.Key <= largestZ).ToDictionary();
        if (weights.Values.Sum() == 0)
        {
            weights = Usual.Where(z => z <= largestZ).ToDictionary(z => z, _ => 1);
        }

        double total = weights.Values.Sum();
        double leastShare = Math.Min(SmallestShare, weights.Values.Max() / total); // many Z may share the samples
        (int Z, double Share)[] plausible =
        [
            .. weights
                .Select(pair => (pair.Key, Share: pair.Value / total))
                .Where(pair => pair.Share >= leastShare)
                .OrderByDescending(pair => pair.Share)
                .ThenBy(pair => pair.Key)
                .Take(samples),
        ];
        return [.. Apportion(plausible, samples).OrderBy(pair => pair.Z)];
    }

    /// <summary>Largest remainders, after one sample for each.</summary>
    private static IEnumerable<(int Z, int Samples)> Apportion((int Z, double Share)[] plausible, int samples)
    {
        int free = samples - plausible.Length;
        double total = plausible.Sum(pair => pair.Share);
        double[] quotas = [.. plausible.Select(pair => free * pair.Share / total)];
        int[] counts = [.. quotas.Select(quota => 1 + (int)quota)];
        int[] byRemainder =
        [
            .. Enumerable
                .Range(0, plausible.Length)
                .OrderByDescending(at => quotas[at] - (int)quotas[at])
                .ThenBy(at => at),
        ];
        foreach (int at in byRemainder.Take(samples - counts.Sum()))
        {
            counts[at]++;
        }

        return plausible.Select((pair, at) => (pair.Z, counts[at]));
    }
}
