namespace Kagome.Evaluation.Properties;

/// <summary>bias + weights · features</summary>
public sealed record LinearModel(double[] Weights, double Bias)
{
    public double Value(IReadOnlyList<double> features)
    {
        double sum = Bias;
        for (int at = 0; at < Weights.Length; at++)
        {
            sum += Weights[at] * features[at];
        }

        return sum;
    }
}
