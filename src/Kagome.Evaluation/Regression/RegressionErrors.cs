using MathNet.Numerics.Statistics;

namespace Kagome.Evaluation.Regression;

/// <summary>How far predictions lie from labels.</summary>
/// <param name="Count">Crystals with both.</param>
/// <param name="MeanAbsoluteError">In the label's unit.</param>
/// <param name="RootMeanSquareError">In the label's unit.</param>
/// <param name="Spearman">Rank correlation, equal values sharing the mean of their ranks; null where all predictions or all labels are equal.</param>
public sealed record RegressionErrors(int Count, double MeanAbsoluteError, double RootMeanSquareError, double? Spearman)
{
    /// <summary>Compares predictions with labels, one for each crystal in the same order.</summary>
    /// <exception cref="ArgumentException">There is no crystal, or the lists differ in length.</exception>
    public static RegressionErrors Of(IReadOnlyList<double> predictions, IReadOnlyList<double> labels)
    {
        if (labels.Count == 0 || labels.Count != predictions.Count)
        {
            throw new ArgumentException(
                $"There are {predictions.Count} predictions and {labels.Count} labels; expected as many, and at least one."
            );
        }

        double[] errors = [.. predictions.Zip(labels, (prediction, label) => prediction - label)];
        double spearman = Correlation.Spearman(predictions, labels);
        return new RegressionErrors(
            labels.Count,
            errors.Average(Math.Abs),
            Math.Sqrt(errors.Average(error => error * error)),
            double.IsFinite(spearman) ? spearman : null
        );
    }
}
