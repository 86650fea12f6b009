namespace Kagome.Checkpoints;

/// <summary>What a fold says of the composition alone, to which its network adds what the structure tells.</summary>
/// <param name="Weights">Of the features of the composition.</param>
/// <param name="Bias">Added to them.</param>
/// <param name="Smallest">Of what it was fitted to: no composition gets less.</param>
/// <param name="Largest">Of what it was fitted to: no composition gets more.</param>
public sealed record CompositionTerm(IReadOnlyList<double> Weights, double Bias, double Smallest, double Largest)
{
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
