namespace Kagome.Checkpoints.Safetensors;

/// <summary>What a safetensors file says of its tensors before their bytes.</summary>
/// <param name="Entries">In the order of their bytes; they fill the data region without gap or overlap.</param>
/// <param name="Metadata">Free text by key, without the seal.</param>
/// <param name="SealOffset">Where in the header the seal's digits begin; null in files that carry none.</param>
/// <param name="Seal">The seal's digits as stored.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries,
    IReadOnlyDictionary<string, string> Metadata,
    int? SealOffset,
    string? Seal
)
{
    public const string MetadataKey = "__metadata__";
    public const string SealKey = "seal_sha256";
    public const int SealLength = 64;

    /// <summary>Bytes of the little-endian header length that opens a file.</summary>
    public const int PrefixLength = sizeof(ulong);

    /// <summary>The format's own bound on the header; bytes.</summary>
    public const long LargestHeader = 100_000_000;
}
