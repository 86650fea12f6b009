using System.Collections.Immutable;
using System.Text.Json;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Formats.JsonDialects;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonLines;

/// <summary>Reads JSON lines one at a time: memory is bounded by the longest line.</summary>
internal static class JsonLinesReader
{
    public static IEnumerable<DataSetEntry> Read(TextReader reader, string path)
    {
        SourceText source = new(reader, path);
        while (source.ReadLine() is { } line)
        {
            DataSetEntry? entry = string.IsNullOrWhiteSpace(line)
                ? null
                : DataSetEntry.OfSome(() => ReadRecord(source, line));
            if (entry is not null)
            {
                yield return entry;
            }
        }
    }

    /// <summary>The crystal of a line; null for one beside the structures of a file of OPTIMADE.</summary>
    private static CrystalRecord? ReadRecord(SourceText source, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement entry = document.RootElement;
            return entry.ValueKind == JsonValueKind.Object
                ? OptimadeStructure.IsBesideStructures(entry)
                    ? null
                    : ReadRecord(entry, source)
                : throw new FormatException($"the line holds a JSON {entry.ValueKind}; expected an object in braces.");
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new StructureFormatException(
                source.Path,
                source.LineNumber,
                exception is JsonException ? $"the line is no JSON: {exception.Message}" : exception.Message,
                innerException: exception
            );
        }
    }

    private static CrystalRecord ReadRecord(JsonElement entry, SourceText source)
    {
        string unnamed = $"{source.Stem}-{source.LineNumber}";
        if (!CellStructure.Holds(entry) && JsonDialect.Holds(entry))
        {
            return JsonDialect.Read(entry, source.Path).Named(unnamed);
        }

        string id = entry.TryGetProperty(JsonLinesConstants.Id, out JsonElement name) ? name.ToString() : unnamed;
        Structure structure = CellStructure.Read(entry);
        CheckFormula(entry, structure);
        return new CrystalRecord(id, structure)
        {
            Split = entry.TryGetProperty(JsonLinesConstants.Split, out JsonElement split) ? split.ToString() : null,
            Labels = ReadLabels(entry),
        };
    }

    private static void CheckFormula(JsonElement entry, Structure structure)
    {
        if (!entry.TryGetProperty(JsonLinesConstants.Formula, out JsonElement formula))
        {
            return;
        }

        Composition expected = structure.Composition.Reduced;
        bool isFormula = FormulaParser.TryParse(
            formula.ToString(),
            out Composition? stated,
            out FormulaException? problem
        );
        if (!isFormula || !stated!.Reduced.Equals(expected))
        {
            throw new FormatException(
                $"{JsonLinesConstants.Formula} is '{formula}'; expected {expected}, which {JsonLinesConstants.AtomicNumbers} adds up to.",
                problem
            );
        }
    }

    private static ImmutableSortedDictionary<string, double> ReadLabels(JsonElement entry)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (JsonProperty field in entry.EnumerateObject())
        {
            if (JsonLinesConstants.IsLabelName(field.Name) && JsonNumbers.Finite(field.Value) is { } number)
            {
                labels[field.Name] = number;
            }
        }

        return labels.ToImmutable();
    }
}
