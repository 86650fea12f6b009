namespace Kagome.Evaluation.Properties;

/// <summary>Features of mean 0 and deviation 1, with a column of ones behind, and the way back to the features as they were.</summary>
internal sealed class StandardisedFeatures
{
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
                .Select(deviation => deviation > 1e-9 ? deviation : double.PositiveInfinity), // a constant says nothing
        ];
        Rows =
        [
            .. rows.Select(row =>
                row.Select((value, column) => (value - means[column]) / deviations[column]).Append(1).ToArray()
            ),
        ];
    }

    public double[][] Rows { get; }

    /// <summary>The model of features as they were.</summary>
    /// <param name="coefficients">Of the standardised features, the bias last.</param>
    public LinearModel Restore(double[] coefficients)
    {
        double[] weights = [.. deviations.Select((deviation, column) => coefficients[column] / deviation)];
        return new LinearModel(weights, coefficients[^1] - weights.Zip(means, (weight, mean) => weight * mean).Sum());
    }
}
