using System.Buffers;
using System.Text;
using System.Text.Json;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonLines;

/// <summary>Writes JSON lines; every number reads back as the same number.</summary>
internal static class JsonLinesWriter
{
    public static void Write(TextWriter writer, IEnumerable<CrystalRecord> records)
    {
        ArrayBufferWriter<byte> line = new();
        using Utf8JsonWriter json = new(line);
        foreach (CrystalRecord record in records)
        {
            line.ResetWrittenCount();
            json.Reset();
            WriteRecord(json, record);
            json.Flush();
            writer.Write(Encoding.UTF8.GetString(line.WrittenSpan));
            writer.Write('\n');
        }
    }

    private static void WriteRecord(Utf8JsonWriter json, CrystalRecord record)
    {
        Structure structure = RightHandedCell.Of(record.Structure);
        json.WriteStartObject();
        json.WriteString(JsonLinesConstants.Id, record.Id);
        json.WriteString(JsonLinesConstants.Formula, structure.Composition.Reduced.Formula);
        json.WriteNumber(JsonLinesConstants.AtomCount, structure.AtomCount);
        WriteCell(json, structure.Lattice.Parameters);
        WriteSites(json, structure);
        if (record.Split is not null)
        {
            json.WriteString(JsonLinesConstants.Split, record.Split);
        }

        foreach ((string name, double value) in record.Labels)
        {
            if (JsonLinesConstants.IsLabelName(name) && double.IsFinite(value))
            {
                json.WriteNumber(name, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter json, LatticeParameters cell)
    {
        json.WriteStartArray(JsonLinesConstants.Cell);
        foreach (double value in new[] { cell.A, cell.B, cell.C, cell.Alpha, cell.Beta, cell.Gamma })
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteSites(Utf8JsonWriter json, Structure structure)
    {
        json.WriteStartArray(JsonLinesConstants.AtomicNumbers);
        foreach (Site site in structure.Sites)
        {
            json.WriteNumberValue(site.Element.AtomicNumber);
        }

        json.WriteEndArray();
        json.WriteStartArray(JsonLinesConstants.Positions);
        foreach (Site site in structure.Sites)
        {
            json.WriteStartArray();
            json.WriteNumberValue(site.Position.X);
            json.WriteNumberValue(site.Position.Y);
            json.WriteNumberValue(site.Position.Z);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
