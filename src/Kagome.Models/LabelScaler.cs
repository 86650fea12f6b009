using System.Text.Json.Serialization;

namespace Kagome.Models;

/// <summary>How the labels of a network were standardised: z = (label - mean) / standard deviation.</summary>
public sealed record LabelScaler
{
    /// <summary>What predictors call <see cref="Crystals.Structures.Labels.EnergyAboveHull"/>.</summary>
    public const string EnergyAboveHull = "energy above hull";

    private const double SmallestDeviation = 1e-5;

    /// <summary>The mean of the labels, in <see cref="Unit"/>.</summary>
    public required double Mean { get; init; }

    /// <summary>Their standard deviation, in <see cref="Unit"/>; above 0.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>What is predicted, such as "energy above hull".</summary>
    public required string LabelName { get; init; }

    /// <summary>The unit of the label, such as "eV/atom"; "1" for numbers without one.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether labels can be scaled: both numbers finite, the standard deviation above 0. Readers of model files refuse others.</summary>
    [JsonIgnore]
    public bool IsValid => double.IsFinite(Mean) && double.IsFinite(StandardDeviation) && StandardDeviation > 0;

    /// <summary>The scale of labels: their mean, and their population standard deviation + 1e-5.</summary>
    /// <remarks>Source: DAO (arXiv 2503.10471), A.10.</remarks>
    /// <exception cref="ArgumentException">There is no label.</exception>
    public static LabelScaler Of(IReadOnlyCollection<double> labels, string labelName, string unit)
    {
        if (labels.Count == 0)
        {
            throw new ArgumentException($"There is no label '{labelName}' to scale by; expected at least one.");
        }

        double mean = labels.Average();
        double variance = labels.Average(label => (label - mean) * (label - mean));
        return new LabelScaler
        {
            Mean = mean,
            StandardDeviation = Math.Sqrt(variance) + SmallestDeviation,
            LabelName = labelName,
            Unit = unit,
        };
    }

    /// <summary>The label, in <see cref="Unit"/>, as the network learns it: without a unit, around 0.</summary>
    public double Standardise(double label) => (label - Mean) / StandardDeviation;

    /// <summary>What the network says as a label, in <see cref="Unit"/>.</summary>
    public double Restore(double standardised) => (standardised * StandardDeviation) + Mean;
}
