using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Kagome.Crystals.Structures;
using Kagome.Formats.Cif;

namespace Kagome.Formats.Csv;

/// <summary>Writes a row a crystal: name, split where one is known, all labels that any crystal has, and the CIF.</summary>
internal static class CsvCrystalWriter
{
    public static void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        string[] labels =
        [
            .. records
                .SelectMany(record => record.Labels.Keys)
                .Where(CsvConstants.IsLabelName)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        bool hasSplit = records.Any(record => record.Split is not null);
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using CsvWriter csv = new(writer, configuration, leaveOpen: true);
        string[] splitColumn = hasSplit ? [CsvConstants.Split] : [];
        WriteRow(csv, [CsvConstants.Ids[0], .. splitColumn, .. labels, CsvConstants.Cif]);
        foreach (CrystalRecord record in records)
        {
            string[] split = hasSplit ? [record.Split ?? ""] : [];
            WriteRow(csv, [record.Id, .. split, .. labels.Select(label => Number(record, label)), Cif(record)]);
        }
    }

    private static void WriteRow(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    private static string Number(CrystalRecord record, string label) =>
        record.Labels.TryGetValue(label, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Cif(CrystalRecord record)
    {
        using StringWriter text = new();
        CifWriter.Write(text, record);
        return text.ToString();
    }
}
