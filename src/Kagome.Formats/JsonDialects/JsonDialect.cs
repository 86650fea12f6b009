using System.Text.Json;

namespace Kagome.Formats.JsonDialects;

/// <summary>Tells by its fields how an object of JSON writes a crystal down. Names of types in a file are never more than words.</summary>
internal static class JsonDialect
{
    /// <summary>Whether an object is meant to hold a crystal.</summary>
    public static bool Holds(JsonElement value) =>
        CellStructure.Holds(value)
        || PymatgenStructure.Holds(value)
        || JarvisAtoms.Holds(value)
        || OptimadeStructure.Holds(value)
        || StructureDocument.Holds(JsonField.Of(value));

    /// <summary>The crystal of an entry.</summary>
    /// <param name="entry">A value or a row.</param>
    /// <param name="path">The file, for problems of a CIF within.</param>
    /// <inheritdoc cref="Read(JsonElement, string)"/>
    public static JsonCrystal Read(JsonEntry entry, string path) =>
        entry.Row is { } row ? StructureDocument.Read(row, path) : Read(entry.Value, path);

    /// <summary>The crystal of an object, or of a text that holds one.</summary>
    /// <exception cref="FormatException">It holds none, or one that cannot be used.</exception>
    public static JsonCrystal Read(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.String ? new JsonCrystal(StructureText.Read(value.GetString()!, path))
        : CellStructure.Holds(value) ? new JsonCrystal(CellStructure.Read(value))
        : OptimadeStructure.Holds(value) ? OptimadeStructure.Read(value)
        : JarvisAtoms.Holds(value) ? new JsonCrystal(JarvisAtoms.Read(value))
        : !PymatgenStructure.Holds(value) && JsonField.Of(value) is var fields && StructureDocument.Holds(fields)
            ? StructureDocument.Read(fields, path)
        : PymatgenStructure.Read(value);
}
