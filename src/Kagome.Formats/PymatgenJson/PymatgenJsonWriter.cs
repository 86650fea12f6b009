using System.Text;
using System.Text.Json;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.JsonDialects;

namespace Kagome.Formats.PymatgenJson;

/// <summary>Writes structures as pymatgen's as_dict does; every number reads back as the same number.</summary>
internal static class PymatgenJsonWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    public static void Write(TextWriter writer, IReadOnlyList<CrystalRecord> records)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            if (records.Count == 1)
            {
                WriteRecord(json, records[0]);
            }
            else
            {
                json.WriteStartArray();
                foreach (CrystalRecord record in records)
                {
                    WriteRecord(json, record);
                }

                json.WriteEndArray();
            }
        }

        writer.Write(Encoding.UTF8.GetString(stream.ToArray()));
        writer.Write('\n');
    }

    private static void WriteRecord(Utf8JsonWriter json, CrystalRecord record)
    {
        json.WriteStartObject();
        json.WriteString("@module", "pymatgen.core.structure");
        json.WriteString(PymatgenConstants.Class, PymatgenConstants.Structure);
        json.WriteNull("charge");
        WriteLattice(json, record.Structure.Lattice);
        WriteProperties(json, record);
        json.WriteStartArray(PymatgenConstants.Sites);
        foreach (Site site in record.Structure.Sites)
        {
            WriteSite(json, site, record.Structure.Lattice.ToCartesian(site.Position));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLattice(Utf8JsonWriter json, Lattice lattice)
    {
        LatticeParameters cell = lattice.Parameters;
        json.WriteStartObject(PymatgenConstants.Lattice);
        json.WriteStartArray(PymatgenConstants.Matrix);
        foreach (Cartesian vector in new[] { lattice.A, lattice.B, lattice.C })
        {
            json.WriteStartArray();
            WriteNumbers(json, vector.X, vector.Y, vector.Z);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("pbc");
        json.WriteBooleanValue(true);
        json.WriteBooleanValue(true);
        json.WriteBooleanValue(true);
        json.WriteEndArray();
        json.WriteNumber("a", cell.A);
        json.WriteNumber("b", cell.B);
        json.WriteNumber("c", cell.C);
        json.WriteNumber("alpha", cell.Alpha);
        json.WriteNumber("beta", cell.Beta);
        json.WriteNumber("gamma", cell.Gamma);
        json.WriteNumber("volume", lattice.Volume);
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, CrystalRecord record)
    {
        json.WriteStartObject(PymatgenConstants.Properties);
        json.WriteString(PymatgenConstants.Id, record.Id);
        if (record.Split is not null)
        {
            json.WriteString(PymatgenConstants.Split, record.Split);
        }

        foreach ((string name, double value) in record.Labels)
        {
            if (PymatgenConstants.IsLabelName(name) && double.IsFinite(value))
            {
                json.WriteNumber(name, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteSite(Utf8JsonWriter json, Site site, Cartesian cartesian)
    {
        json.WriteStartObject();
        json.WriteStartArray(PymatgenConstants.Species);
        json.WriteStartObject();
        json.WriteString(PymatgenConstants.Element, site.Element.Symbol);
        json.WriteNumber(PymatgenConstants.Occupancy, 1);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray(PymatgenConstants.Fractional);
        WriteNumbers(json, site.Position.X, site.Position.Y, site.Position.Z);
        json.WriteEndArray();
        json.WriteStartArray(PymatgenConstants.Cartesian);
        WriteNumbers(json, cartesian.X, cartesian.Y, cartesian.Z);
        json.WriteEndArray();
        json.WriteString(PymatgenConstants.Label, site.Element.Symbol);
        json.WriteStartObject(PymatgenConstants.Properties);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, double first, double second, double third)
    {
        json.WriteNumberValue(first);
        json.WriteNumberValue(second);
        json.WriteNumberValue(third);
    }
}
