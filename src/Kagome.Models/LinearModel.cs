namespace Kagome.Models;

/// <summary>bias + weights · features, kept within what it was fitted to.</summary>
/// <param name="Weights">One for each feature.</param>
/// <param name="Bias">The value where all features are 0.</param>
/// <param name="Smallest">No features give less; no bound by default.</param>
/// <param name="Largest">No features give more; no bound by default.</param>
public sealed record LinearModel(
    IReadOnlyList<double> Weights,
    double Bias,
    double Smallest = double.NegativeInfinity,
    double Largest = double.PositiveInfinity
)
{
    /// <summary>What the model says of the features, within its bounds.</summary>
    /// <param name="features">As many as there are weights.</param>
    public double Value(IReadOnlyList<double> features)
    {
        double sum = Bias;
        for (int at = 0; at < Weights.Count; at++)
        {
            sum += Weights[at] * features[at];
        }

        return Math.Clamp(sum, Smallest, Largest);
    }
}
