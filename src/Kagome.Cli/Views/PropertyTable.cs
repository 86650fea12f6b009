using Kagome.Models;
using Kagome.Reports.Properties;

namespace Kagome.Cli.Views;

/// <summary>Properties on the screen.</summary>
internal static class PropertyTable
{
    private const int MostRows = 40;

    /// <param name="output">Where to print.</param>
    /// <param name="document">What there is to say.</param>
    /// <param name="foldCount">Networks of the ensemble.</param>
    public static void Print(TextWriter output, PropertyDocument document, int foldCount)
    {
        PrintCrystals(output, document);
        PrintGrounds(output, document, foldCount);
        if (document.SummaryInUnit is { } inUnit)
        {
            EnergyTable.Print(output, document.Model, document.Label, document.Unit, inUnit);
        }

        if (document is { Summary: { } learned, Transform: LabelTransform.Log })
        {
            EnergyTable.Print(output, document.Model, document.Label, $"ln {document.Unit}", learned);
        }
    }

    private static void PrintCrystals(TextWriter output, PropertyDocument document)
    {
        IReadOnlyList<PropertyDocument.Entry> crystals = document.Crystals;
        bool hasEnergies = crystals.Any(crystal => crystal.EnergyAboveHull is not null);
        bool hasLabels = crystals.Any(crystal => crystal.Label is not null);
        bool hasProbabilities = document.Occurrence is not null;
        TextTable table = new([
            "id",
            "cell",
            "space group",
            .. hasEnergies ? ["hull, eV/atom"] : Array.Empty<string>(),
            $"{document.Label}, {document.Unit}",
            document.Calibration is null ? "range, not calibrated" : "80 % range",
            "folds' spread",
            .. hasProbabilities ? [$"P(has {document.Label})"] : Array.Empty<string>(),
            .. hasLabels ? [$"{document.Label} in the data"] : Array.Empty<string>(),
            "remark",
        ]);
        foreach (PropertyDocument.Entry crystal in crystals.Take(MostRows))
        {
            PropertyValue? value = crystal.Property;
            table.Add([
                crystal.Id,
                crystal.Formula,
                crystal.SpaceGroup?.ToString() ?? "-",
                .. hasEnergies ? [Text(crystal.EnergyAboveHull, "F3")] : Array.Empty<string>(),
                Text(value?.Value, "G3"),
                value is null ? "-" : $"{value.Low:G3} to {value.High:G3}",
                Text(value?.Spread, "F2"),
                .. hasProbabilities ? [Text(value?.Probability, "F2")] : Array.Empty<string>(),
                .. hasLabels ? [Text(crystal.Label, "G4")] : Array.Empty<string>(),
                crystal.Problem ?? string.Join("; ", crystal.Concerns),
            ]);
        }

        table.Write(output);
        if (crystals.Count > MostRows)
        {
            output.WriteLine($"… and {crystals.Count - MostRows} more; --csv or --json gives all.");
        }
    }

    /// <summary>What the figures above are worth.</summary>
    private static void PrintGrounds(TextWriter output, PropertyDocument document, int foldCount)
    {
        (string label, CrossValidationScores scores) = (document.Label, document.CrossValidation);
        string learned = document.Transform == LabelTransform.Log ? $"ln {label}" : label;
        output.WriteLine(
            $"{document.Model}: {foldCount} networks. Mean absolute error of {learned} on {scores.Crystals} crystals of formulas not learned from: {scores.MeanAbsoluteError:F3} ({scores.MeanAbsoluteErrorInUnit:G3} {document.Unit}); always the median {scores.MedianError:F3}, composition alone {scores.CompositionError:F3}."
        );
        if (document.Occurrence is { } occurrence)
        {
            output.WriteLine(
                $"Whether there is any {label} at all is predicted correctly for {occurrence.Accuracy:P0} of {occurrence.Crystals} crystals (base rate {occurrence.BaseRate:P0}; area under the ROC curve {occurrence.AreaUnderCurve:F2}). The value is for the case that there is."
            );
        }
    }

    private static string Text(double? number, string format) => number?.ToString(format) ?? "-";
}
