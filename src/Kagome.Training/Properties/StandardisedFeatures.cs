using Kagome.Models;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Kagome.Training.Properties;

/// <summary>Features of mean 0 and deviation 1, with a column of ones behind, and the way back to the features as they were.</summary>
internal sealed class StandardisedFeatures
{
    private const double BiasPenalty = 1e-6;
    private const double SmallestDeviation = 1e-9;

    private readonly double[] means;
    private readonly double[] deviations;

    /// <param name="rows">At least one, of one length.</param>
    public StandardisedFeatures(IReadOnlyList<double[]> rows)
    {
        int columns = rows[0].Length;
        means = [.. Enumerable.Range(0, columns).Select(column => rows.Average(row => row[column]))];
        deviations =
        [
            .. Enumerable
                .Range(0, columns)
                .Select(column => Math.Sqrt(rows.Average(row => Math.Pow(row[column] - means[column], 2))))
                .Select(deviation => deviation > SmallestDeviation ? deviation : double.PositiveInfinity), // a constant says nothing
        ];
        Rows = Matrix<double>.Build.Dense(
            rows.Count,
            columns + 1,
            (row, column) => column == columns ? 1 : (rows[row][column] - means[column]) / deviations[column]
        );
    }

    /// <summary>A row for each example, the last column ones.</summary>
    public Matrix<double> Rows { get; }

    /// <summary>The left side of weighted least squares with a penalty on all coefficients but the last: Xᵀ W X + λ I.</summary>
    /// <param name="penalty">λ, above 0, which makes it positive definite.</param>
    /// <param name="weights">The diagonal of W; null for ones.</param>
    public Cholesky<double> NormalEquations(double penalty, Vector<double>? weights = null)
    {
        Matrix<double> weighted = weights is null
            ? Rows
            : Matrix<double>.Build.DiagonalOfDiagonalVector(weights) * Rows;
        Matrix<double> normal = Rows.TransposeThisAndMultiply(weighted);
        for (int at = 0; at < normal.RowCount; at++)
        {
            normal[at, at] += at == normal.RowCount - 1 ? BiasPenalty : penalty;
        }

        return normal.Cholesky();
    }

    /// <summary>The model of features as they were.</summary>
    /// <param name="coefficients">Of the standardised features, the bias last.</param>
    public LinearModel Restore(Vector<double> coefficients)
    {
        double[] weights = [.. deviations.Select((deviation, column) => coefficients[column] / deviation)];
        return new LinearModel(weights, coefficients[^1] - weights.Zip(means, (weight, mean) => weight * mean).Sum());
    }
}
