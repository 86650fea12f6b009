namespace Kagome.Evaluation.Properties;

/// <summary>The linear model of log odds, with a penalty on its weights.</summary>
/// <remarks>By Newton's method (iteratively reweighted least squares).</remarks>
public static class LogisticRegression
{
    private const int Iterations = 12;
    private const double SmallestWeight = 1e-4;

    /// <param name="features">A row a crystal.</param>
    /// <param name="holds">Whether what is asked for holds of each; both answers have to occur.</param>
    /// <param name="penalty">On the weights of standardised features.</param>
    public static LinearModel Fit(IReadOnlyList<double[]> features, bool[] holds, double penalty)
    {
        StandardisedFeatures standardised = new(features);
        double[][] rows = standardised.Rows;
        double[] coefficients = new double[rows[0].Length];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double[] scores = [.. rows.Select(row => row.Zip(coefficients, (x, c) => x * c).Sum())];
            double[] probabilities = [.. scores.Select(Probability)];
            double[] weights = [.. probabilities.Select(p => Math.Max(p * (1 - p), SmallestWeight))];
            double[] right = new double[coefficients.Length];
            for (int row = 0; row < rows.Length; row++)
            {
                double pull = (weights[row] * scores[row]) + (holds[row] ? 1 : 0) - probabilities[row];
                for (int at = 0; at < right.Length; at++)
                {
                    right[at] += rows[row][at] * pull;
                }
            }

            coefficients = new NormalEquations(rows, weights, penalty).Solve(right);
        }

        return standardised.Restore(coefficients);
    }

    /// <summary>Of log odds.</summary>
    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
