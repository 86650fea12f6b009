using System.Globalization;
using CsvHelper;

namespace Kagome.Cli.Energies;

/// <summary>Energies as a table that other programs read.</summary>
internal static class EnergyCsv
{
    private static readonly string[] Columns = ["id", "formula", "atoms", "energy", "label", "concerns", "problem"];

    /// <summary>One row a crystal, energies and labels in the model's unit; empty where there is none.</summary>
    public static void Write(TextWriter writer, IEnumerable<EnergyPrediction> predictions)
    {
        using CsvWriter csv = new(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (string column in Columns)
        {
            csv.WriteField(column);
        }

        csv.NextRecord();
        foreach (EnergyPrediction prediction in predictions)
        {
            csv.WriteField(prediction.Id);
            csv.WriteField(prediction.Formula);
            csv.WriteField(prediction.Atoms);
            csv.WriteField(prediction.Energy);
            csv.WriteField(prediction.Label);
            csv.WriteField(string.Join("; ", prediction.Concerns));
            csv.WriteField(prediction.Problem);
            csv.NextRecord();
        }

        csv.Flush();
    }
}
