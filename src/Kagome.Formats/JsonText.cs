using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kagome.Formats;

/// <summary>Records as the JSON of reports: snake_case names, enumerations by name, absent values as null.</summary>
public static class JsonText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new StructureJsonConverter() },
    };

    private static readonly JsonSerializerOptions LineOptions = new(Options) { WriteIndented = false };

    /// <summary>A record as JSON of several lines, indented, without a line break at the end.</summary>
    public static string Format<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>A record as JSON on one line, for a file of JSON lines.</summary>
    public static string Line<T>(T value) => JsonSerializer.Serialize(value, LineOptions);

    /// <summary>A record as a JSON element.</summary>
    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <summary>The record that a JSON text is of.</summary>
    /// <exception cref="JsonException">The text is no JSON, or lacks something that the record needs.</exception>
    public static T Parse<T>(string text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("The text is null.");

    /// <summary>As of a text, from UTF-8.</summary>
    /// <exception cref="JsonException">The text is no JSON, or lacks something that the record needs.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> text) =>
        JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("The text is null.");

    /// <summary>A record as JSON on one line, in UTF-8.</summary>
    public static byte[] LineBytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, LineOptions);
}
