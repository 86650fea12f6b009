using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kagome.Checkpoints;

/// <summary>The parts of a model file that are JSON.</summary>
/// <remarks>
/// <para>Strict: an unknown field of a network changes what its weights mean, so it comes with a new version.</para>
/// <para>By reflection, not by generated code, which forgets the default values of properties that a file leaves out.</para>
/// </remarks>
internal static class CheckpointJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static string Write<T>(T part) => JsonSerializer.Serialize(part, Options);

    /// <exception cref="JsonException">The text is not what <typeparamref name="T"/> is written as.</exception>
    public static T Read<T>(string text)
        where T : class => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("It is null.");
}
