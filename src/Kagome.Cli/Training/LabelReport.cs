using Kagome.Training.Data;
using Kagome.Training.Recipes;

namespace Kagome.Cli.Training;

/// <summary>Says how many crystals have the label to learn, and what a model must be better than.</summary>
internal static class LabelReport
{
    public static void Write(TrainingSet training, TrainingSet validation, EnergySettings energy, TextWriter error)
    {
        double[] known = [.. training.Labels.Order()];
        double[] heldOut = [.. validation.Labels];
        error.WriteLine(
            $"  label {energy.Label}: {known.Length} to learn from, {heldOut.Length} to validate on; {training.Count - known.Length} and {validation.Count - heldOut.Length} have no number (absent, empty, text or NaN)"
                + (training.Count > known.Length ? " and teach the noise only." : ".")
        );
        if (heldOut.Length > 0)
        {
            double median = known[known.Length / 2];
            double error0 = heldOut.Average(label => Math.Abs(label - median));
            error.WriteLine(
                $"  always the median of the training labels, {median:F4} {EnergyLabel.Unit}, has a mean absolute error of {error0:F4} on the validation labels."
            );
        }
    }
}
