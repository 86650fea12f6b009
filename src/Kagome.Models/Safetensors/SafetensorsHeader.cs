using System.Text.Json;
using static TorchSharp.torch;

namespace Kagome.Models;

/// <summary>What a safetensors file says of its tensors before their bytes.</summary>
/// <param name="Entries">The tensors in the order of their bytes; they fill the data region without gap or overlap.</param>
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

/// <summary>One tensor as the header announces it.</summary>
/// <remarks>It takes the bytes from Begin up to, not including, End; both are counted from the end of the header.</remarks>
internal readonly record struct SafetensorsEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End)
{
    public long ByteCount => End - Begin;
}

/// <summary>Parses and checks a header that may come from anyone.</summary>
/// <remarks>A hand-driven JSON reader: documents would hide repeated names and where the seal's digits lie.</remarks>
internal ref struct SafetensorsHeaderReader
{
    private const int LargestRank = 32;
    private const int LongestQuote = 60;

    private readonly string path;
    private readonly HashSet<string> names = [];
    private readonly List<SafetensorsEntry> entries = [];
    private readonly Dictionary<string, string> metadata = [];
    private Utf8JsonReader json;
    private int? sealOffset;
    private string? seal;

    private SafetensorsHeaderReader(string path, ReadOnlySpan<byte> header)
    {
        this.path = path;
        json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 4 });
    }

    /// <param name="path">The file, for errors.</param>
    /// <param name="header">The JSON text, padding included.</param>
    /// <param name="dataLength">Bytes of the file after the header.</param>
    /// <exception cref="CheckpointException">The header is malformed or contradicts the file's length.</exception>
    public static SafetensorsHeader Read(string path, ReadOnlySpan<byte> header, long dataLength)
    {
        SafetensorsHeaderReader reader = new(path, header);
        try
        {
            reader.ReadAll();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(
                path,
                $"the header is no valid JSON ({exception.Message}); the file was changed or cut, get it again.",
                exception
            );
        }

        reader.CheckExtents(dataLength);
        return new SafetensorsHeader(reader.entries, reader.metadata, reader.sealOffset, reader.seal);
    }

    private void ReadAll()
    {
        json.Read();
        Expect(JsonTokenType.StartObject, "the header");
        while (NextName() is { } name)
        {
            if (!names.Add(name))
            {
                throw Fault($"the header names '{Quote(name)}' twice; expected every name once.");
            }

            if (name == SafetensorsHeader.MetadataKey)
            {
                ReadMetadata();
            }
            else
            {
                ReadEntry(name);
            }
        }

        json.Read(); // anything but padding after the object throws
    }

    private void ReadMetadata()
    {
        json.Read();
        Expect(JsonTokenType.StartObject, SafetensorsHeader.MetadataKey);
        while (NextName() is { } key)
        {
            json.Read();
            Expect(JsonTokenType.String, $"metadata '{Quote(key)}'");
            string value = json.GetString()!;
            if (key == SafetensorsHeader.SealKey)
            {
                ReadSeal(value);
            }
            else if (!metadata.TryAdd(key, value))
            {
                throw Fault($"the metadata names '{Quote(key)}' twice; expected every key once.");
            }
        }
    }

    private void ReadSeal(string value)
    {
        if (seal is not null || json.ValueIsEscaped || json.ValueSpan.Length != SafetensorsHeader.SealLength)
        {
            throw Fault($"the seal is '{Quote(value)}'; expected one of 64 hexadecimal digits. Get the file again.");
        }

        seal = value;
        sealOffset = (int)json.TokenStartIndex + 1; // after the quotation mark
    }

    private void ReadEntry(string name)
    {
        json.Read();
        Expect(JsonTokenType.StartObject, $"tensor '{Quote(name)}'");
        ScalarType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (NextName() is { } field)
        {
            json.Read();
            switch (field)
            {
                case "dtype" when type is null:
                    type = ReadType(name);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(name, field, LargestRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(name, field, 2);
                    break;
                default:
                    throw Fault(
                        $"tensor '{Quote(name)}' has a field '{Quote(field)}' too many; expected dtype, shape and data_offsets once each."
                    );
            }
        }

        if (type is null || shape is null || offsets is not [long begin, long end])
        {
            throw Fault($"tensor '{Quote(name)}' lacks dtype, shape or two data_offsets.");
        }

        SafetensorsEntry entry = new(name, type.Value, shape, begin, end);
        CheckByteCount(entry);
        entries.Add(entry);
    }

    private readonly ScalarType ReadType(string name)
    {
        Expect(JsonTokenType.String, $"dtype of tensor '{Quote(name)}'");
        string text = json.GetString()!;
        return SafetensorsTypes.TryParse(text, out ScalarType type)
            ? type
            : throw Fault(
                $"tensor '{Quote(name)}' has dtype '{Quote(text)}'; expected one of {SafetensorsTypes.Names}."
            );
    }

    private long[] ReadNumbers(string name, string field, int most)
    {
        Expect(JsonTokenType.StartArray, $"{field} of tensor '{Quote(name)}'");
        List<long> numbers = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.Number, $"{field} of tensor '{Quote(name)}'");
            if (!json.TryGetInt64(out long number) || number < 0 || numbers.Count == most)
            {
                throw Fault(
                    $"{field} of tensor '{Quote(name)}' is no list of at most {most} whole numbers from 0 to 2^63 - 1."
                );
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private readonly void CheckByteCount(SafetensorsEntry entry)
    {
        long product = 1; // of the axes that are not 0: libtorch computes strides of empty tensors too
        bool isEmpty = false;
        try
        {
            foreach (long length in entry.Shape)
            {
                isEmpty |= length == 0;
                product = checked(product * Math.Max(length, 1));
            }

            product = checked(product * SafetensorsTypes.ElementSize(entry.Type));
        }
        catch (OverflowException exception)
        {
            throw new CheckpointException(
                path,
                $"tensor '{Quote(entry.Name)}' has shape [{string.Join(", ", entry.Shape)}], beyond 2^63 bytes.",
                exception
            );
        }

        long expected = isEmpty ? 0 : product;
        if (entry.End < entry.Begin || entry.ByteCount != expected)
        {
            throw Fault(
                $"tensor '{Quote(entry.Name)}' has data_offsets [{entry.Begin}, {entry.End}]; expected {expected} bytes for {entry.Type} of shape [{string.Join(", ", entry.Shape)}]."
            );
        }
    }

    private readonly void CheckExtents(long dataLength)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        long position = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != position)
            {
                throw Fault(
                    $"tensor '{Quote(entry.Name)}' begins at byte {entry.Begin}; expected {position}, where the one before it ends."
                );
            }

            position = entry.End;
        }

        if (position > dataLength)
        {
            throw Fault(
                $"cut off: the header announces {position} bytes of tensors and {dataLength} follow. The download or copy did not finish; get the file again."
            );
        }

        if (position < dataLength)
        {
            throw Fault(
                $"{dataLength - position} bytes follow the last tensor; expected none. The file was changed; get it again."
            );
        }
    }

    /// <summary>Moves to the next member of an object; null at its end.</summary>
    private string? NextName() => json.Read() && json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;

    private readonly void Expect(JsonTokenType type, string what)
    {
        if (json.TokenType != type)
        {
            throw Fault($"{what} is a JSON {json.TokenType}; expected {type}.");
        }
    }

    private readonly CheckpointException Fault(string problem) => new(path, problem);

    private static string Quote(string text) => text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
}
