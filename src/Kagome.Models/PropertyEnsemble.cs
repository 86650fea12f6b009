using System.Text.Json.Serialization;

namespace Kagome.Models;

/// <summary>What the networks of one file predict together: one network for each fold of a cross-validation.</summary>
public sealed record PropertyEnsemble
{
    /// <summary>What data sets call the property, such as tc.</summary>
    public required string Label { get; init; }

    /// <summary>The label's unit, such as K.</summary>
    public required string Unit { get; init; }

    /// <summary>What the networks learned: the label itself or its logarithm.</summary>
    public required LabelTransform Transform { get; init; }

    /// <summary>How each fold's labels were standardised, in the order of the folds.</summary>
    public required IReadOnlyList<LabelScaler> Scalers { get; init; }

    /// <summary>What each fold says about the composition alone, to which its network adds what the structure tells; null where the networks learned the whole label.</summary>
    [JsonIgnore]
    public IReadOnlyList<RegressionForest>? CompositionForests { get; init; }

    /// <summary>How far the networks were off on formulas that they did not learn from.</summary>
    public required CrossValidationScores CrossValidation { get; init; }

    /// <summary>Null where no crystals were kept for it.</summary>
    public SpreadCalibration? Calibration { get; init; }

    /// <summary>Null where the folds cannot tell whether a crystal has the property at all.</summary>
    public OccurrenceScores? Occurrence { get; init; }

    /// <summary>How likely each fold holds it that a crystal of a composition has the property; null where <see cref="Occurrence"/> is.</summary>
    [JsonIgnore]
    public IReadOnlyList<RegressionForest>? OccurrenceForests { get; init; }

    /// <summary>Networks in the file, one for each fold; at least 2.</summary>
    [JsonIgnore]
    public int FoldCount => Scalers.Count;

    /// <summary>Whether there are two scalers or more, all of use. Readers of model files refuse others.</summary>
    [JsonIgnore]
    public bool IsValid => FoldCount >= 2 && Scalers.All(scaler => scaler.IsValid);

    /// <summary>What the folds say together, and how far they disagree: mean and standard deviation of a sample.</summary>
    /// <param name="folds">What each says; at least two.</param>
    public static (double Mean, double Spread) Together(IReadOnlyCollection<double> folds)
    {
        double mean = folds.Average();
        double squares = folds.Sum(value => (value - mean) * (value - mean));
        return (mean, Math.Sqrt(squares / (folds.Count - 1)));
    }
}
