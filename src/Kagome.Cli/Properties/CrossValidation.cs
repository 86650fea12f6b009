using Kagome.Checkpoints;
using Kagome.Evaluation.Energies;

namespace Kagome.Cli.Properties;

/// <summary>What the folds came to.</summary>
/// <param name="Label">As the data name it.</param>
/// <param name="Unit">Of the label.</param>
/// <param name="Transform">What is learned of it.</param>
/// <param name="Folds">In their order.</param>
/// <param name="Calibration">Null where no crystals were kept for it.</param>
/// <param name="Occurrence">Null where all crystals have the property, or none of a fold.</param>
internal sealed record CrossValidation(
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

    private double Mean(Func<FoldScores, EnergyErrors> errors) => Folds.Average(fold => errors(fold).MeanAbsoluteError);
}
