using Kagome.Work;

namespace Kagome.Evaluation;

/// <summary>A figure and how far chance could move it.</summary>
/// <param name="Value">From all crystals.</param>
/// <param name="Low">Lower end of the 95 % confidence interval.</param>
/// <param name="High">Upper end.</param>
public sealed record Estimate(double Value, double Low, double High);

/// <summary>Confidence intervals by drawing crystals again, with replacement.</summary>
/// <remarks>
/// Source: the percentile method of Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13. It knows nothing of what no
/// crystal shows: where all or none of a few crystals match, the interval has no width.
/// </remarks>
internal static class Bootstrap
{
    /// <summary>How often crystals are drawn anew: as many means make an interval.</summary>
    public const int Resamples = 1000;

    private const double Confidence = 0.95;

    /// <summary>The mean over crystals, and its interval.</summary>
    /// <param name="values">One for each crystal; null where a crystal has no part in the mean, such as the RMS of one that is not matched.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <returns>Null where no crystal has a value.</returns>
    public static Estimate? Mean(IReadOnlyList<double?> values, long seed)
    {
        if (Mean(values, at => at) is not { } value)
        {
            return null;
        }

        Random random = new(ShortSeed(seed));
        double[] means =
        [
            .. Enumerable
                .Range(0, Resamples)
                .Select(_ => Mean(values, _ => random.Next(values.Count)))
                .OfType<double>()
                .Order(),
        ];
        double tail = (1 - Confidence) / 2;
        return new Estimate(value, Quantile(means, tail, value), Quantile(means, 1 - tail, value));
    }

    /// <summary>A seed that random numbers can start from, with every bit of a longer one in it.</summary>
    private static int ShortSeed(long seed) =>
        seed is >= int.MinValue and <= int.MaxValue ? (int)seed : unchecked((int)Seeds.Of(seed, "intervals", 0));

    private static double? Mean(IReadOnlyList<double?> values, Func<int, int> choose)
    {
        double sum = 0;
        int count = 0;
        for (int at = 0; at < values.Count; at++)
        {
            if (values[choose(at)] is { } value)
            {
                sum += value;
                count++;
            }
        }

        return count > 0 ? sum / count : null;
    }

    /// <summary>Between the two nearest of sorted values.</summary>
    private static double Quantile(double[] sorted, double share, double otherwise)
    {
        if (sorted.Length == 0)
        {
            return otherwise;
        }

        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
