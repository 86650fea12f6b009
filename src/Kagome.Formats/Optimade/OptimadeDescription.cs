using System.Text.Json;
using Kagome.Formats.JsonDialects;

namespace Kagome.Formats.Optimade;

/// <summary>The first two lines: which version of OPTIMADE is meant, and which fields the structures have.</summary>
internal static class OptimadeDescription
{
    private const string Version = "1.2.0";

    /// <summary>Fields of the specification, with their types in it.</summary>
    private static readonly (string Name, string Type)[] Standard =
    [
        ("id", "string"),
        ("type", "string"),
        ("immutable_id", "string"),
        ("last_modified", "timestamp"),
        ("elements", "list"),
        ("nelements", "integer"),
        ("elements_ratios", "list"),
        ("chemical_formula_descriptive", "string"),
        ("chemical_formula_reduced", "string"),
        ("chemical_formula_hill", "string"),
        ("chemical_formula_anonymous", "string"),
        ("dimension_types", "list"),
        ("nperiodic_dimensions", "integer"),
        ("lattice_vectors", "list"),
        ("cartesian_site_positions", "list"),
        ("nsites", "integer"),
        ("species", "list"),
        ("species_at_sites", "list"),
        ("structure_features", "list"),
    ];

    public static void WriteHead(Utf8JsonWriter json)
    {
        json.WriteStartObject(OptimadeStructure.Head);
        json.WriteStartObject("meta");
        json.WriteString("api_version", Version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <param name="json">Within the object of the line.</param>
    /// <param name="fields">Of the labels, by these.</param>
    /// <param name="hasSplit">Whether any crystal states its split.</param>
    public static void WriteInfo(Utf8JsonWriter json, Dictionary<string, string> fields, bool hasSplit)
    {
        json.WriteString("type", "info");
        json.WriteString("id", "structures");
        json.WriteString("description", "Crystal structures.");
        json.WriteStartArray("formats");
        json.WriteStringValue("json");
        json.WriteEndArray();
        json.WriteStartObject("properties");
        foreach ((string name, string type) in Standard)
        {
            WriteProperty(json, name, type, $"As OPTIMADE {Version} defines it.");
        }

        if (hasSplit)
        {
            WriteProperty(json, OptimadeFields.Split, "string", "The part of a data set that the crystal belongs to.");
        }

        foreach ((string label, string field) in fields)
        {
            WriteProperty(json, field, "float", $"The label {label} of the crystal, in the unit of its source.");
        }

        json.WriteEndObject();
        json.WriteStartObject("output_fields_by_format");
        json.WriteStartArray("json");
        string[] split = hasSplit ? [OptimadeFields.Split] : [];
        foreach (string name in Standard.Select(field => field.Name).Concat(split).Concat(fields.Values))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, string type, string description)
    {
        json.WriteStartObject(name);
        json.WriteString("description", description);
        json.WriteString("type", type);
        json.WriteEndObject();
    }
}
