using Kagome.Models;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Kagome.Training.Properties;

/// <summary>The linear model of log odds, with a penalty on its weights.</summary>
/// <remarks>By Newton's method (iteratively reweighted least squares).</remarks>
internal static class LogisticRegression
{
    private const int Iterations = 12;
    private const double SmallestWeight = 1e-4;

    /// <param name="features">A row for each example.</param>
    /// <param name="holds">Whether what is asked for holds of each; both answers have to occur.</param>
    /// <param name="penalty">On the weights of standardised features.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    public static LinearModel Fit(
        IReadOnlyList<double[]> features,
        bool[] holds,
        double penalty,
        CancellationToken cancellation = default
    )
    {
        StandardisedFeatures standardised = new(features);
        Matrix<double> rows = standardised.Rows;
        Vector<double> answers = Vector<double>.Build.Dense(holds.Length, at => holds[at] ? 1 : 0);
        Vector<double> coefficients = Vector<double>.Build.Dense(rows.ColumnCount);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            Vector<double> scores = rows * coefficients;
            Vector<double> probabilities = scores.Map(SpecialFunctions.Logistic);
            Vector<double> weights = probabilities.Map(p => Math.Max(p * (1 - p), SmallestWeight));
            Vector<double> pulls = weights.PointwiseMultiply(scores) + answers - probabilities;
            coefficients = standardised.NormalEquations(penalty, weights).Solve(rows.TransposeThisAndMultiply(pulls));
        }

        return standardised.Restore(coefficients);
    }
}
