using System.Globalization;
using Kagome.DataSets;

namespace Kagome.Cli.Views;

/// <summary>Statistics of data sets as a short text.</summary>
internal sealed class StatisticsTable(DataSetStatistics statistics)
{
    private const int MostElements = 12;

    public void Print(TextWriter output)
    {
        TextTable counts = new();
        counts.Add("crystals", $"{statistics.Crystals}");
        counts.Add("unreadable entries", $"{statistics.Unreadable}");
        counts.Add("reduced formulas", $"{statistics.Formulas}");
        if (statistics.AtomCount is { } atoms)
        {
            counts.Add("atoms in the cell", $"{atoms.Smallest} to {atoms.Largest}, median {atoms.Median}");
        }

        counts.Add("elements in a crystal", string.Join(", ", statistics.ElementCounts.Select(Share)));
        counts.Add("elements", Elements());
        if (statistics.VolumePerAtom is { } volume)
        {
            counts.Add(
                "volume per atom (Å³)",
                $"{Number(volume.Smallest)} to {Number(volume.Largest)}, median {Number(volume.Median)}"
            );
        }

        foreach ((string name, int count) in statistics.Splits)
        {
            counts.Add($"split {name}", $"{count}");
        }

        counts.Write(output);
        if (statistics.Labels.Count > 0)
        {
            TextTable table = new("label", "crystals", "smallest", "median", "largest") { IsRightAligned = true };
            foreach ((string name, NumberSummary label) in statistics.Labels)
            {
                table.Add(name, $"{label.Count}", Number(label.Smallest), Number(label.Median), Number(label.Largest));
            }

            table.Write(output);
        }
    }

    private string Share(KeyValuePair<int, int> pair) => $"{pair.Key}: {100.0 * pair.Value / statistics.Crystals:F1} %";

    private string Elements()
    {
        IEnumerable<string> most = statistics
            .Elements.OrderByDescending(pair => pair.Value)
            .Take(MostElements)
            .Select(pair => $"{pair.Key.Symbol} {pair.Value}");
        string more = statistics.Elements.Count > MostElements ? ", …" : "";
        return $"{statistics.Elements.Count}: {string.Join(", ", most)}{more}";
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
