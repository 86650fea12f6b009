namespace Kagome.Evaluation.Properties;

/// <summary>The linear model of least squares with a penalty on its weights, the penalty chosen by leaving one out.</summary>
public static class RidgeRegression
{
    private static readonly double[] Penalties = [1, 10, 100, 1000];

    /// <param name="features">A row a crystal.</param>
    /// <param name="labels">Of each.</param>
    public static LinearModel Fit(IReadOnlyList<double[]> features, double[] labels)
    {
        StandardisedFeatures standardised = new(features);
        double[] coefficients = Penalties
            .Select(penalty => Solve(standardised.Rows, labels, penalty))
            .MinBy(solution => solution.Error)
            .Coefficients;
        return standardised.Restore(coefficients);
    }

    /// <remarks>The error of leaving out row i is (y - ŷ) / (1 - h) with h = xᵀ A⁻¹ x (Allen's PRESS).</remarks>
    private static (double[] Coefficients, double Error) Solve(double[][] rows, double[] labels, double penalty)
    {
        NormalEquations equations = new(rows, [.. rows.Select(_ => 1.0)], penalty);
        double[] right = new double[rows[0].Length];
        foreach ((double[] row, double label) in rows.Zip(labels))
        {
            for (int at = 0; at < right.Length; at++)
            {
                right[at] += row[at] * label;
            }
        }

        double[] coefficients = equations.Solve(right);
        double error = rows.Zip(labels)
            .AsParallel()
            .AsOrdered()
            .Select(pair =>
            {
                double leverage = Dot(pair.First, equations.Solve(pair.First));
                return Math.Pow((pair.Second - Dot(pair.First, coefficients)) / (1 - leverage), 2);
            })
            .ToArray()
            .Sum();
        return (coefficients, error);
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, (x, y) => x * y).Sum();
}
