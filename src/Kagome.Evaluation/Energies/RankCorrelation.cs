namespace Kagome.Evaluation.Energies;

/// <summary>How well one list of numbers tells the order of another.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's ρ: the correlation of the ranks, where equal values share the mean of their ranks.</summary>
    /// <returns>-1 to 1; null where either list holds one value only.</returns>
    public static double? Spearman(IReadOnlyList<double> left, IReadOnlyList<double> right) =>
        Pearson(Ranks(left), Ranks(right));

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(at => values[at])];
        double[] ranks = new double[values.Count];
        for (int start = 0; start < order.Length; )
        {
            int end = start;
            while (end < order.Length && values[order[end]] == values[order[start]])
            {
                end++;
            }

            for (int at = start; at < end; at++)
            {
                ranks[order[at]] = (start + end - 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    private static double? Pearson(double[] left, double[] right)
    {
        if (left.Length == 0)
        {
            return null;
        }

        (double leftMean, double rightMean) = (left.Average(), right.Average());
        double product = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        foreach ((double x, double y) in left.Zip(right))
        {
            product += (x - leftMean) * (y - rightMean);
            leftSquares += (x - leftMean) * (x - leftMean);
            rightSquares += (y - rightMean) * (y - rightMean);
        }

        return leftSquares > 0 && rightSquares > 0 ? product / Math.Sqrt(leftSquares * rightSquares) : null;
    }
}
