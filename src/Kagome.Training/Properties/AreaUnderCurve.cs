namespace Kagome.Training.Properties;

/// <summary>How well scores tell two kinds apart: the area under the receiver operating characteristic.</summary>
internal static class AreaUnderCurve
{
    /// <summary>The chance that one that holds scores above one that does not; ties count half.</summary>
    /// <returns>0.5 for scores that tell nothing; NaN where one kind is missing.</returns>
    public static double Of(IReadOnlyList<double> scores, IReadOnlyList<bool> holds)
    {
        double[] negatives = [.. scores.Where((_, at) => !holds[at]).Order()];
        double[] positives = [.. scores.Where((_, at) => holds[at])];
        return positives.Sum(score => (Place(negatives, score, false) + Place(negatives, score, true)) / 2.0)
            / negatives.Length
            / positives.Length;
    }

    /// <summary>How many of the sorted values are below, or also equal.</summary>
    private static int Place(double[] sorted, double value, bool countsEqual)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            bool isBefore = countsEqual ? sorted[middle] <= value : sorted[middle] < value;
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
