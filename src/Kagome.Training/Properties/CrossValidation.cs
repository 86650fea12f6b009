using Kagome.Evaluation.Regression;
using Kagome.Models;

namespace Kagome.Training.Properties;

/// <summary>What the folds of a training came to.</summary>
/// <param name="Label">The label, as the data name it.</param>
/// <param name="Unit">The label's unit.</param>
/// <param name="Transform">What is learned of it.</param>
/// <param name="Folds">Each fold's errors, in their order.</param>
/// <param name="Calibration">What the spread of the folds says about their error; null where no crystals were kept for it.</param>
/// <param name="Occurrence">Null where all crystals have the property, or none of a fold.</param>
public sealed record CrossValidation(
    string Label,
    string Unit,
    LabelTransform Transform,
    IReadOnlyList<FoldScores> Folds,
    SpreadCalibration? Calibration,
    OccurrenceScores? Occurrence
)
{
    /// <summary>Means over the folds.</summary>
    public CrossValidationScores Scores =>
        new(
            Folds.Sum(fold => fold.Model.Count),
            Mean(fold => fold.Model),
            Mean(fold => fold.ModelInUnit),
            Mean(fold => fold.Median),
            Mean(fold => fold.Composition)
        );

    private double Mean(Func<FoldScores, RegressionErrors> errors) =>
        Folds.Average(fold => errors(fold).MeanAbsoluteError);
}

/// <summary>How one fold's network did on the crystals whose formulas it did not learn from, beside baselines that know the same crystals.</summary>
/// <param name="Fold">From 1.</param>
/// <param name="LearnedFrom">Crystals that it learned from.</param>
/// <param name="Model">In what is learned: natural logarithms where those are.</param>
/// <param name="ModelInUnit">In the label's unit.</param>
/// <param name="Median">"Always the median."</param>
/// <param name="MedianInUnit">The same in the label's unit.</param>
/// <param name="SameElements">"The mean of the same elements": of the crystals that it learned from that hold exactly these; where there are none, the mean of the elements' own means.</param>
/// <param name="Composition">Extremely randomised trees on the composition.</param>
/// <param name="CompositionInUnit">The same in the label's unit.</param>
public sealed record FoldScores(
    int Fold,
    int LearnedFrom,
    RegressionErrors Model,
    RegressionErrors ModelInUnit,
    RegressionErrors Median,
    RegressionErrors MedianInUnit,
    RegressionErrors SameElements,
    RegressionErrors Composition,
    RegressionErrors CompositionInUnit
);
