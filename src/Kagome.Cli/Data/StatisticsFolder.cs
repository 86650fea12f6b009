using System.Globalization;
using CsvHelper;
using Kagome.Cli.Output;
using Kagome.DataSets.Statistics;
using Kagome.Reports.Plots;

namespace Kagome.Cli.Data;

/// <summary>Writes statistics into a folder: as JSON, as CSV and as plots, each whole or not at all.</summary>
internal static class StatisticsFolder
{
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static void Write(string folder, StatisticsDocument document, DataSetStatistics statistics)
    {
        Directory.CreateDirectory(folder);
        OutputFile.Write(Path.Combine(folder, "statistics.json"), JsonText.Format(document) + "\n");
        WriteCsv("elements.csv", document.Elements.Select(pair => new { element = pair.Key, crystals = pair.Value }));
        WriteCsv("cell-sizes.csv", document.CellSizes.Select(pair => new { atoms = pair.Key, crystals = pair.Value }));
        WriteCsv(
            "labels.csv",
            document.Labels.Select(pair => new
            {
                label = pair.Key,
                crystals = pair.Value.Count,
                smallest = pair.Value.Smallest,
                median = pair.Value.Median,
                largest = pair.Value.Largest,
            })
        );
        foreach (
            Figure figure in new[]
            {
                ElementTablePlot.Draw(statistics.Elements),
                CellSizePlot.Draw(statistics.CellSizes),
            }
        )
        {
            OutputFile.Write(Path.Combine(folder, figure.PngName), figure.Png());
            OutputFile.Write(Path.Combine(folder, figure.SvgName), figure.Svg());
        }

        void WriteCsv<T>(string name, IEnumerable<T> rows)
        {
            using StringWriter text = new() { NewLine = "\n" };
            using (CsvWriter csv = new(text, CultureInfo.InvariantCulture, leaveOpen: true))
            {
                csv.WriteRecords(rows);
            }

            OutputFile.Write(Path.Combine(folder, name), text.ToString());
        }
    }
}
