namespace Kagome.Cli.Properties;

/// <summary>What several networks say together.</summary>
internal static class EnsembleMean
{
    /// <summary>The mean, and the standard deviation of a sample: how far the networks disagree.</summary>
    /// <param name="values">At least two.</param>
    public static (double Mean, double Spread) Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return (mean, Math.Sqrt(squares / (values.Count - 1)));
    }
}
