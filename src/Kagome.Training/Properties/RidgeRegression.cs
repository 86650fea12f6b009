using Kagome.Models;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Kagome.Training.Properties;

/// <summary>The linear model of least squares with a penalty on its weights, the penalty chosen by leaving one out.</summary>
internal static class RidgeRegression
{
    private static readonly double[] Penalties = [1, 10, 100, 1000];

    /// <param name="features">A row for each example.</param>
    /// <param name="labels">One for each example.</param>
    /// <param name="cancellation">Stops between penalties.</param>
    public static LinearModel Fit(
        IReadOnlyList<double[]> features,
        double[] labels,
        CancellationToken cancellation = default
    )
    {
        StandardisedFeatures standardised = new(features);
        Vector<double> targets = Vector<double>.Build.DenseOfArray(labels);
        Vector<double> coefficients = Penalties
            .Select(penalty =>
            {
                cancellation.ThrowIfCancellationRequested();
                return Solve(standardised, targets, penalty);
            })
            .MinBy(solution => solution.Error)
            .Coefficients;
        return standardised.Restore(coefficients);
    }

    /// <remarks>The error of leaving out row i is (y - ŷ) / (1 - h) with h = xᵀ A⁻¹ x (Allen's PRESS).</remarks>
    private static (Vector<double> Coefficients, double Error) Solve(
        StandardisedFeatures features,
        Vector<double> labels,
        double penalty
    )
    {
        Matrix<double> rows = features.Rows;
        Cholesky<double> equations = features.NormalEquations(penalty);
        Vector<double> coefficients = equations.Solve(rows.TransposeThisAndMultiply(labels));
        Vector<double> leverages = rows.PointwiseMultiply(equations.Solve(rows.Transpose()).Transpose()).RowSums();
        Vector<double> errors = (labels - (rows * coefficients)).PointwiseDivide(1 - leverages);
        return (coefficients, errors * errors);
    }
}
