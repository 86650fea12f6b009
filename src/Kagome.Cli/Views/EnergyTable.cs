using Kagome.Evaluation.Regression;
using Kagome.Reports.Energies;

namespace Kagome.Cli.Views;

/// <summary>Energies on the screen.</summary>
internal static class EnergyTable
{
    private const int MostRows = 40;

    public static void Print(TextWriter output, EnergyDocument document)
    {
        TextTable table = new("id", "cell", $"predicted, {document.Unit}", $"{document.Label} in the data", "remark");
        foreach (EnergyDocument.Entry prediction in document.Crystals.Take(MostRows))
        {
            table.Add(
                prediction.Id,
                prediction.Formula,
                prediction.Energy?.ToString("F3") ?? "-",
                prediction.Label?.ToString("F3") ?? "-",
                prediction.Problem ?? string.Join("; ", prediction.Concerns)
            );
        }

        table.Write(output);
        if (document.Crystals.Count > MostRows)
        {
            output.WriteLine($"… and {document.Crystals.Count - MostRows} more; --csv, --json or --out gives all.");
        }

        Print(output, document.Model, document.Label, document.Unit, document.Summary);
    }

    public static void Print(TextWriter output, string model, string label, string unit, RegressionSummary summary)
    {
        if (summary.Model is not { } errors)
        {
            return;
        }

        output.WriteLine(
            $"{errors.Count} of {summary.Crystals} crystals have a number as label '{label}'; baselines know {summary.Reference}."
        );
        TextTable table = new("", $"mean absolute error, {unit}", $"root mean square error, {unit}", "Spearman");
        Add(table, model, errors);
        Add(table, "always the median", summary.Median);
        Add(table, "mean of the same elements", summary.SameElements);
        table.Write(output);
    }

    private static void Add(TextTable table, string name, RegressionErrors? errors)
    {
        if (errors is not null)
        {
            table.Add(
                name,
                errors.MeanAbsoluteError.ToString("F4"),
                errors.RootMeanSquareError.ToString("F4"),
                errors.Spearman?.ToString("F3") ?? "-"
            );
        }
    }
}
