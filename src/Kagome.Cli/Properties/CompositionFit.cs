using Kagome.Checkpoints;
using Kagome.Evaluation.Properties;

namespace Kagome.Cli.Properties;

/// <summary>A ridge regression on the composition, for one fold.</summary>
internal static class CompositionFit
{
    /// <param name="known">What the fold learns from.</param>
    /// <param name="target">The label, or its logarithm.</param>
    public static CompositionTerm Of(IReadOnlyList<PropertyCrystal> known, Func<PropertyCrystal, double> target)
    {
        double[] targets = [.. known.Select(target)];
        LinearModel ridge = RidgeRegression.Fit([.. known.Select(Features)], targets);
        return new CompositionTerm(ridge.Weights, ridge.Bias, targets.Min(), targets.Max());
    }

    public static double[] Features(PropertyCrystal crystal) => CompositionFeatures.Of(crystal.Cell.Composition);
}
