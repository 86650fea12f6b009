using System.Globalization;
using CsvHelper;

namespace Kagome.Cli.Properties;

/// <summary>Properties as a table that other programs read.</summary>
internal static class PropertyCsv
{
    /// <summary>One row a crystal; empty where there is nothing to say.</summary>
    public static void Write(TextWriter writer, IEnumerable<PropertyPrediction> predictions)
    {
        using CsvWriter csv = new(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        csv.WriteRecords(
            predictions.Select(prediction => new
            {
                id = prediction.Id,
                formula = prediction.Formula,
                atoms = prediction.Atoms,
                space_group = prediction.SpaceGroup,
                energy_above_hull = prediction.EnergyAboveHull,
                value = prediction.Property?.Value,
                low = prediction.Property?.Low,
                high = prediction.Property?.High,
                spread = prediction.Property?.Spread,
                probability = prediction.Property?.Probability,
                label = prediction.Label,
                concerns = string.Join("; ", prediction.Concerns),
                problem = prediction.Problem,
            })
        );
        csv.Flush();
    }
}
