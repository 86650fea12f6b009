using System.Collections.Frozen;
using static TorchSharp.torch;

namespace Kagome.Checkpoints.Safetensors;

/// <summary>The element types that we read and write, by their names in a header.</summary>
internal static class SafetensorsTypes
{
    private static readonly FrozenDictionary<string, ScalarType> ByName = new Dictionary<string, ScalarType>
    {
        ["F64"] = ScalarType.Float64,
        ["F32"] = ScalarType.Float32,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["I64"] = ScalarType.Int64,
        ["I32"] = ScalarType.Int32,
        ["U8"] = ScalarType.Byte,
        ["BOOL"] = ScalarType.Bool,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<ScalarType, string> ByType = ByName.ToFrozenDictionary(
        pair => pair.Value,
        pair => pair.Key
    );

    /// <summary>Every readable name, for error messages.</summary>
    public static string Names => string.Join(", ", ByName.Keys.Order());

    public static bool TryParse(string name, out ScalarType type) => ByName.TryGetValue(name, out type);

    public static bool TryGetName(ScalarType type, out string? name) => ByType.TryGetValue(type, out name);

    public static int ElementSize(ScalarType type) =>
        type switch
        {
            ScalarType.Float64 or ScalarType.Int64 => 8,
            ScalarType.Float32 or ScalarType.Int32 => 4,
            ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
            _ => 1,
        };
}
