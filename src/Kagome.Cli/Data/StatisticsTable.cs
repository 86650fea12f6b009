using System.Globalization;
using Kagome.Cli.Output;
using Kagome.DataSets.Statistics;

namespace Kagome.Cli.Data;

/// <summary>Statistics as a short text.</summary>
internal static class StatisticsTable
{
    private const int MostElements = 12;

    public static void Write(StatisticsDocument document, TextWriter output)
    {
        TextTable counts = new();
        counts.Add("crystals", $"{document.Crystals}");
        counts.Add("unreadable entries", $"{document.Unreadable}");
        counts.Add("reduced formulas", $"{document.Formulas}");
        counts.Add("atoms in the cell", Sizes(document.CellSizes));
        counts.Add("elements in a crystal", string.Join(", ", document.ElementCounts.Select(Share)));
        counts.Add("elements", Elements(document.Elements));
        if (document.VolumePerAtom is { } volume)
        {
            counts.Add(
                "volume per atom (Å³)",
                $"{Number(volume.Smallest)} to {Number(volume.Largest)}, median {Number(volume.Median)}"
            );
        }

        foreach ((string name, int count) in document.Splits)
        {
            counts.Add($"split {name}", $"{count}");
        }

        counts.Write(output);
        if (document.Labels.Count > 0)
        {
            WriteLabels(document.Labels, output);
        }

        string Share(KeyValuePair<int, int> pair) => $"{pair.Key}: {100.0 * pair.Value / document.Crystals:F1} %";
    }

    private static string Sizes(IReadOnlyDictionary<int, int> sizes)
    {
        int half = (sizes.Values.Sum() + 1) / 2;
        int median = sizes.OrderBy(pair => pair.Key).SkipWhile(pair => (half -= pair.Value) > 0).First().Key;
        return $"{sizes.Keys.Min()} to {sizes.Keys.Max()}, median {median}";
    }

    private static string Elements(IReadOnlyDictionary<string, int> elements)
    {
        IEnumerable<string> most = elements
            .OrderByDescending(pair => pair.Value)
            .Take(MostElements)
            .Select(pair => $"{pair.Key} {pair.Value}");
        return $"{elements.Count}: {string.Join(", ", most)}{(elements.Count > MostElements ? ", …" : "")}";
    }

    private static void WriteLabels(IReadOnlyDictionary<string, NumberSummary> labels, TextWriter output)
    {
        TextTable table = new("label", "crystals", "smallest", "median", "largest") { IsRightAligned = true };
        foreach ((string name, NumberSummary label) in labels)
        {
            table.Add(name, $"{label.Count}", Number(label.Smallest), Number(label.Median), Number(label.Largest));
        }

        table.Write(output);
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
