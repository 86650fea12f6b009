using Kagome.Checkpoints;
using Kagome.Cli.Output;

namespace Kagome.Cli.Properties;

/// <summary>Properties on the screen.</summary>
internal static class PropertyTable
{
    private const int MostRows = 40;

    public static void Print(
        TextWriter output,
        PropertyEnsemble ensemble,
        IReadOnlyList<PropertyPrediction> predictions
    )
    {
        bool hasEnergies = predictions.Any(prediction => prediction.EnergyAboveHull is not null);
        bool hasLabels = predictions.Any(prediction => prediction.Label is not null);
        bool hasProbabilities = ensemble.Occurrence is not null;
        TextTable table = new([
            "id",
            "cell",
            "space group",
            .. hasEnergies ? ["hull, eV/atom"] : Array.Empty<string>(),
            $"{ensemble.Label}, {ensemble.Unit}",
            "expected range",
            "folds' spread",
            .. hasProbabilities ? [$"P(has {ensemble.Label})"] : Array.Empty<string>(),
            .. hasLabels ? [$"{ensemble.Label} in the data"] : Array.Empty<string>(),
            "remark",
        ]);
        foreach (PropertyPrediction prediction in predictions.Take(MostRows))
        {
            PropertyValue? value = prediction.Property;
            table.Add([
                prediction.Id,
                prediction.Formula,
                prediction.SpaceGroup ?? "-",
                .. hasEnergies ? [Text(prediction.EnergyAboveHull, "F3")] : Array.Empty<string>(),
                Text(value?.Value, "G3"),
                value is { } known ? $"{known.Low:G3} to {known.High:G3}" : "-",
                Text(value?.Spread, "F2"),
                .. hasProbabilities ? [Text(value?.Probability, "F2")] : Array.Empty<string>(),
                .. hasLabels ? [Text(prediction.Label, "G4")] : Array.Empty<string>(),
                prediction.Problem ?? string.Join("; ", prediction.Concerns),
            ]);
        }

        table.Write(output);
        if (predictions.Count > MostRows)
        {
            output.WriteLine($"… and {predictions.Count - MostRows} more; --csv or --json gives all.");
        }
    }

    /// <summary>What the figures above are worth.</summary>
    public static void PrintGrounds(TextWriter output, string model, PropertyEnsemble ensemble)
    {
        CrossValidationScores scores = ensemble.CrossValidation;
        string learned = ensemble.Transform == LabelTransform.Log ? $"ln {ensemble.Label}" : ensemble.Label;
        output.WriteLine(
            $"{model}: {ensemble.FoldCount} networks. Mean absolute error of {learned} on {scores.Crystals} crystals of formulas not learned from: {scores.MeanAbsoluteError:F3} ({scores.MeanAbsoluteErrorInUnit:G3} {ensemble.Unit}); always the median {scores.MedianError:F3}, composition alone {scores.CompositionError:F3}."
        );
        if (ensemble.Occurrence is { } occurrence)
        {
            output.WriteLine(
                $"Whether there is any {ensemble.Label} at all is told rightly in {occurrence.Accuracy:P0} of {occurrence.Crystals} crystals (base rate {occurrence.BaseRate:P0}; area under the ROC curve {occurrence.AreaUnderCurve:F2}). The value is for the case that there is."
            );
        }
    }

    private static string Text(double? number, string format) => number?.ToString(format) ?? "-";
}
