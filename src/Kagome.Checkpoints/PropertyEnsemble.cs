using System.Text.Json.Serialization;

namespace Kagome.Checkpoints;

/// <summary>What the networks of one file predict together: one network for each fold of a cross-validation.</summary>
public sealed record PropertyEnsemble
{
    /// <summary>As data sets name it, such as tc.</summary>
    public required string Label { get; init; }

    /// <summary>Of the label, such as K.</summary>
    public required string Unit { get; init; }

    public required LabelTransform Transform { get; init; }

    /// <summary>Of what each fold learned, in the order of the folds.</summary>
    public required IReadOnlyList<LabelScaler> Scalers { get; init; }

    /// <summary>Of each fold, in their order; null where the networks learned the whole label.</summary>
    public IReadOnlyList<CompositionTerm>? Composition { get; init; }

    public required CrossValidationScores CrossValidation { get; init; }

    /// <summary>Null where no crystals were kept for it.</summary>
    public SpreadCalibration? Calibration { get; init; }

    /// <summary>Null where the folds cannot tell whether a crystal has the property at all.</summary>
    public OccurrenceScores? Occurrence { get; init; }

    [JsonIgnore]
    public int FoldCount => Scalers.Count;

    [JsonIgnore]
    public bool IsValid =>
        FoldCount >= 2
        && Scalers.All(scaler => scaler.IsValid)
        && (
            Composition is null
            || (Composition.Count == FoldCount && Composition.All(term => term.Smallest <= term.Largest))
        );

    /// <summary>A label from what is learned of it.</summary>
    public double Restore(double learned) => Transform == LabelTransform.Log ? Math.Exp(learned) : learned;

    /// <summary>What is learned of a label.</summary>
    public double Learned(double label) => Transform == LabelTransform.Log ? Math.Log(label) : label;
}
