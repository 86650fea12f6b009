using System.Collections.Immutable;
using System.Text.Json;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.JsonDialects;

/// <summary>What an object of JSON says of a crystal.</summary>
/// <param name="Structure">The crystal.</param>
internal sealed record JsonCrystal(Structure Structure)
{
    /// <summary>Null where it has no name of its own.</summary>
    public string? Id { get; init; }

    public string? Split { get; init; }

    public ImmutableSortedDictionary<string, double> Labels { get; init; } =
        ImmutableSortedDictionary<string, double>.Empty;

    /// <param name="unnamed">What to call it where it has no name.</param>
    public CrystalRecord Named(string unnamed) =>
        new(Id is { Length: > 0 } ? Id : unnamed, Structure) { Split = Split, Labels = Labels };
}

/// <summary>A field of an object, or a cell of a table under the heading of its column.</summary>
internal readonly record struct JsonField(string Name, JsonElement Value)
{
    public static JsonField[] Of(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object
            ? [.. entry.EnumerateObject().Select(field => new JsonField(field.Name, field.Value))]
            : [];

    /// <summary>The fields that are finite numbers.</summary>
    /// <param name="fields">Of which the last of a name counts.</param>
    /// <param name="isLabel">Whether a field of this name is one.</param>
    public static ImmutableSortedDictionary<string, double> Labels(
        IEnumerable<JsonField> fields,
        Func<string, bool> isLabel
    )
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (JsonField field in fields)
        {
            if (field.Name.Length > 0 && isLabel(field.Name) && JsonNumbers.Finite(field.Value) is { } number)
            {
                labels[field.Name] = number;
            }
        }

        return labels.ToImmutable();
    }
}

/// <summary>An entry of a container: a value, or the row of a table.</summary>
/// <param name="Value">An object that holds a crystal; not set for a row.</param>
/// <param name="Name">The key or index of the entry; null where that is a mere number.</param>
/// <param name="Row">The cells of a row; null for a value.</param>
internal readonly record struct JsonEntry(JsonElement Value, string? Name = null, JsonField[]? Row = null);
