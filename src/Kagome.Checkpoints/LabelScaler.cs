using System.Text.Json.Serialization;

namespace Kagome.Checkpoints;

/// <summary>How the labels of a network were standardised: z = (label - mean) / standard deviation.</summary>
public sealed record LabelScaler
{
    /// <summary>In <see cref="Unit"/>.</summary>
    public required double Mean { get; init; }

    /// <summary>In <see cref="Unit"/>; above 0.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>What is predicted, such as "energy above hull".</summary>
    public required string LabelName { get; init; }

    /// <summary>Such as "eV/atom"; "1" for numbers without one.</summary>
    public required string Unit { get; init; }

    [JsonIgnore]
    public bool IsValid => double.IsFinite(Mean) && double.IsFinite(StandardDeviation) && StandardDeviation > 0;

    public double Standardise(double label) => (label - Mean) / StandardDeviation;

    public double Restore(double standardised) => (standardised * StandardDeviation) + Mean;
}
