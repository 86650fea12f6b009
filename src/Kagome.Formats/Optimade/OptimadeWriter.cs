using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.JsonDialects;

namespace Kagome.Formats.Optimade;

/// <summary>Writes the lines; every lattice vector reads back as the same vector.</summary>
internal static class OptimadeWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        Dictionary<string, string> fields = Fields(records.SelectMany(record => record.Labels.Keys));
        WriteDescription(writer, fields, records.Any(record => record.Split is not null));
        WriteEntries(writer, fields, records);
    }

    /// <summary>The fields of labels.</summary>
    public static Dictionary<string, string> Fields(IEnumerable<string> labels) =>
        OptimadeFields.Of(labels.Distinct().Order(StringComparer.Ordinal));

    /// <summary>The lines before the first structure.</summary>
    public static void WriteDescription(TextWriter writer, Dictionary<string, string> fields, bool hasSplit) =>
        WriteLines(
            writer,
            [OptimadeDescription.WriteHead, info => OptimadeDescription.WriteInfo(info, fields, hasSplit)]
        );

    /// <summary>A line for each structure.</summary>
    public static void WriteEntries(
        TextWriter writer,
        Dictionary<string, string> fields,
        IEnumerable<CrystalRecord> records
    ) =>
        WriteLines(
            writer,
            records.Select(record => (Action<Utf8JsonWriter>)(entry => WriteEntry(entry, record, fields)))
        );

    private static void WriteLines(TextWriter writer, IEnumerable<Action<Utf8JsonWriter>> lines)
    {
        ArrayBufferWriter<byte> line = new();
        using Utf8JsonWriter json = new(line, Plain);
        foreach (Action<Utf8JsonWriter> write in lines)
        {
            line.ResetWrittenCount();
            json.Reset();
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
            json.Flush();
            writer.Write(Encoding.UTF8.GetString(line.WrittenSpan));
            writer.Write('\n');
        }
    }

    private static void WriteEntry(Utf8JsonWriter json, CrystalRecord record, Dictionary<string, string> fields)
    {
        json.WriteString("id", record.Id);
        json.WriteString("type", "structures");
        json.WriteStartObject("attributes");
        json.WriteNull("immutable_id");
        json.WriteNull("last_modified");
        WriteComposition(json, record.Structure.Composition);
        WriteSites(json, record.Structure);
        if (record.Split is not null)
        {
            json.WriteString(OptimadeFields.Split, record.Split);
        }

        foreach ((string label, double value) in record.Labels.Where(label => double.IsFinite(label.Value)))
        {
            json.WriteNumber(fields[label], value);
        }

        json.WriteEndObject();
    }

    private static void WriteComposition(Utf8JsonWriter json, Composition composition)
    {
        (string Symbol, int Count)[] elements =
        [
            .. composition
                .Counts.Select(pair => (pair.Key.Symbol, pair.Value))
                .OrderBy(pair => pair.Symbol, StringComparer.Ordinal),
        ];
        WriteTexts(json, "elements", elements.Select(element => element.Symbol));
        json.WriteNumber("nelements", elements.Length);
        WriteNumbers(
            json,
            "elements_ratios",
            elements.Select(element => (double)element.Count / composition.AtomCount)
        );
        json.WriteString("chemical_formula_descriptive", composition.ReducedFormula);
        json.WriteString("chemical_formula_reduced", OptimadeFormulas.Reduced(composition));
        json.WriteString("chemical_formula_hill", OptimadeFormulas.Hill(composition));
        json.WriteString("chemical_formula_anonymous", OptimadeFormulas.Anonymous(composition));
    }

    private static void WriteSites(Utf8JsonWriter json, Structure structure)
    {
        Lattice lattice = structure.Lattice;
        WriteNumbers(json, "dimension_types", [1, 1, 1]);
        json.WriteNumber("nperiodic_dimensions", 3);
        WriteVectors(json, "lattice_vectors", [lattice.A, lattice.B, lattice.C]);
        WriteVectors(
            json,
            "cartesian_site_positions",
            structure.Sites.Select(site => lattice.ToCartesian(site.Position))
        );
        json.WriteNumber("nsites", structure.AtomCount);
        json.WriteStartArray("species");
        foreach (Element element in structure.Composition.Counts.Keys)
        {
            WriteSpecies(json, element);
        }

        json.WriteEndArray();
        WriteTexts(json, "species_at_sites", structure.Sites.Select(site => site.Element.Symbol));
        WriteTexts(json, "structure_features", []);
    }

    private static void WriteSpecies(Utf8JsonWriter json, Element element)
    {
        json.WriteStartObject();
        json.WriteString("name", element.Symbol);
        WriteTexts(json, "chemical_symbols", [element.Symbol]);
        WriteNumbers(json, "concentration", [1]);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void WriteVectors(Utf8JsonWriter json, string name, IEnumerable<Cartesian> vectors)
    {
        json.WriteStartArray(name);
        foreach (Cartesian vector in vectors)
        {
            json.WriteStartArray();
            json.WriteNumberValue(vector.X);
            json.WriteNumberValue(vector.Y);
            json.WriteNumberValue(vector.Z);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
