using System.Globalization;
using CsvHelper;
using Kagome.DataSets;
using Kagome.Formats;
using Kagome.Reports.Plots;

namespace Kagome.Reports.DataSets;

/// <summary>Statistics of data sets as JSON, and as a folder of tables and plots.</summary>
/// <remarks>Safe to use from several threads, each with a folder of its own.</remarks>
/// <param name="files">The data sets.</param>
/// <param name="statistics">What they hold.</param>
public sealed class DataSetReport(IReadOnlyList<string> files, DataSetStatistics statistics)
{
    /// <summary>What JSON gives.</summary>
    public DataSetDocument Document { get; } = DataSetDocument.Of(files, statistics);

    /// <summary>Writes JSON, CSV and plots, each file whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, "statistics.json"), DocumentSchema.Statistics.Format(Document) + "\n");
        WriteCsv(
            "elements.csv",
            statistics.Elements.Select(pair => new { element = pair.Key.Symbol, crystals = pair.Value })
        );
        WriteCsv(
            "cell-sizes.csv",
            statistics.CellSizes.Select(pair => new { atoms = pair.Key, crystals = pair.Value })
        );
        WriteCsv(
            "labels.csv",
            statistics.Labels.Select(pair => new
            {
                label = pair.Key,
                crystals = pair.Value.Count,
                smallest = pair.Value.Smallest,
                median = pair.Value.Median,
                largest = pair.Value.Largest,
            })
        );
        Figure[] figures = [ElementTablePlot.Draw(statistics.Elements), CellSizePlot.Draw(statistics.CellSizes)];
        foreach (Figure figure in figures)
        {
            AtomicFile.Write(Path.Combine(folder, figure.PngName), figure.Png());
            AtomicFile.Write(Path.Combine(folder, figure.SvgName), figure.Svg());
        }

        void WriteCsv<T>(string name, IEnumerable<T> rows)
        {
            using StringWriter text = new() { NewLine = "\n" };
            using (CsvWriter csv = new(text, CultureInfo.InvariantCulture, leaveOpen: true))
            {
                csv.WriteRecords(rows);
            }

            AtomicFile.Write(Path.Combine(folder, name), text.ToString());
        }
    }
}
