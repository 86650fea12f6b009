using Kagome.Evaluation.Regression;
using Kagome.Models;
using Kagome.Training.Properties;

namespace Kagome.Cli.Views;

/// <summary>A cross-validation on the screen.</summary>
internal static class CrossValidationTable
{
    private static readonly (string Name, Func<FoldScores, RegressionErrors> Of)[] Columns =
    [
        ("model", fold => fold.Model),
        ("median", fold => fold.Median),
        ("same elements", fold => fold.SameElements),
        ("composition", fold => fold.Composition),
    ];

    public static void Print(TextWriter output, CrossValidation tested)
    {
        string learned = tested.Transform == LabelTransform.Log ? $"ln {tested.Label}" : tested.Label;
        output.WriteLine($"Mean absolute errors of {learned} on formulas that were not learned from:");
        TextTable table = new([
            "fold",
            "learned from",
            "tested on",
            .. Columns.Select(column => column.Name),
            "RMSE",
            "Spearman",
            $"model, {tested.Unit}",
            $"median, {tested.Unit}",
            $"composition, {tested.Unit}",
        ])
        {
            IsRightAligned = true,
        };
        foreach (FoldScores fold in tested.Folds)
        {
            table.Add([$"{fold.Fold}", $"{fold.LearnedFrom}", .. Cells([fold])]);
        }

        table.Add(["mean", "", .. Cells(tested.Folds)]);
        table.Write(output);
        Print(output, tested.Calibration);
        Print(output, tested.Occurrence);
    }

    private static IEnumerable<string> Cells(IReadOnlyList<FoldScores> folds)
    {
        string Mean(Func<FoldScores, double?> value) => folds.Average(value)?.ToString("F3") ?? "-";
        yield return $"{folds.Sum(fold => fold.Model.Count)}";
        foreach ((_, Func<FoldScores, RegressionErrors> errors) in Columns)
        {
            yield return Mean(fold => errors(fold).MeanAbsoluteError);
        }

        yield return Mean(fold => fold.Model.RootMeanSquareError);
        yield return Mean(fold => fold.Model.Spearman);
        yield return Mean(fold => fold.ModelInUnit.MeanAbsoluteError);
        yield return Mean(fold => fold.MedianInUnit.MeanAbsoluteError);
        yield return Mean(fold => fold.CompositionInUnit.MeanAbsoluteError);
    }

    private static void Print(TextWriter output, SpreadCalibration? calibration)
    {
        if (calibration is not null)
        {
            output.WriteLine(
                $"All folds together, on {calibration.Crystals} crystals that none learned from: mean absolute error {calibration.MeanAbsoluteError:F3}; expected error {calibration.Offset:F3} + {calibration.Slope:F2} x spread (rank correlation {calibration.Spearman:F2}); ranges of {calibration.RangeFactor:F2} times that hold 80 % ({calibration.Coverage:P0} of each half by the other)."
            );
        }
    }

    private static void Print(TextWriter output, OccurrenceScores? occurrence)
    {
        if (occurrence is not null)
        {
            output.WriteLine(
                $"Whether a crystal has the property at all, on {occurrence.Crystals}: accuracy {occurrence.Accuracy:F3} (always the more frequent answer: {Math.Max(occurrence.BaseRate, 1 - occurrence.BaseRate):F3}), area under the ROC curve {occurrence.AreaUnderCurve:F3}."
            );
        }
    }
}
