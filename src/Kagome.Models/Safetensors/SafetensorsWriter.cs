using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kagome.Formats;
using static TorchSharp.torch;

namespace Kagome.Models;

/// <summary>Writes a file in two passes over the tensors: for the seal, then for the disk.</summary>
internal static class SafetensorsWriter
{
    private static readonly string BlankSeal = new('0', SafetensorsHeader.SealLength);

    public static string Write(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string> metadata
    )
    {
        SafetensorsEntry[] entries = LayOut(tensors);
        byte[] header = WriteHeader(entries, metadata);
        byte[] prefix = new byte[SafetensorsHeader.PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        int sealOffset = SafetensorsHeaderReader
            .Read(path, header, entries is [.., var last] ? last.End : 0)
            .SealOffset!.Value;
        using FileDigest blank = new();
        blank.AppendHeader(prefix, header, sealOffset);
        ForEachSpan(entries, tensors, bytes => blank.Append(bytes));
        System.Text.Encoding.ASCII.GetBytes(blank.Seal(), header.AsSpan(sealOffset));

        using FileDigest digest = new();
        digest.AppendHeader(prefix, header, sealOffset);
        AtomicFile.Write(
            path,
            stream =>
            {
                stream.Write(prefix);
                stream.Write(header);
                ForEachSpan(
                    entries,
                    tensors,
                    bytes =>
                    {
                        stream.Write(bytes);
                        digest.Append(bytes);
                    }
                );
            }
        );
        return digest.File();
    }

    private static SafetensorsEntry[] LayOut(IReadOnlyDictionary<string, Tensor> tensors)
    {
        IOrderedEnumerable<KeyValuePair<string, Tensor>> ordered = tensors
            .OrderByDescending(pair => SafetensorsTypes.ElementSize(pair.Value.dtype))
            .ThenBy(pair => pair.Key, StringComparer.Ordinal);
        List<SafetensorsEntry> entries = new(tensors.Count);
        long position = 0;
        foreach ((string name, Tensor tensor) in ordered)
        {
            long end = position + (tensor.numel() * SafetensorsTypes.ElementSize(tensor.dtype));
            entries.Add(new SafetensorsEntry(name, tensor.dtype, tensor.shape, position, end));
            position = end;
        }

        return [.. entries];
    }

    private static byte[] WriteHeader(SafetensorsEntry[] entries, IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream stream = new();
        using (
            Utf8JsonWriter json = new(
                stream,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            foreach (SafetensorsEntry entry in entries)
            {
                WriteEntry(json, entry);
            }

            json.WriteEndObject();
        }

        while (stream.Length % SafetensorsHeader.PrefixLength != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.ContainsKey(SafetensorsHeader.SealKey))
        {
            throw new ArgumentException(
                $"Metadata key '{SafetensorsHeader.SealKey}' is reserved for the seal; choose another.",
                nameof(metadata)
            );
        }

        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteString(SafetensorsHeader.SealKey, BlankSeal);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        if (entry.Name == SafetensorsHeader.MetadataKey)
        {
            throw new ArgumentException($"No tensor can be named '{entry.Name}': the format reserves it.", "tensors");
        }

        if (!SafetensorsTypes.TryGetName(entry.Type, out string? type))
        {
            throw new ArgumentException(
                $"Tensor '{entry.Name}' is {entry.Type}; expected one of {SafetensorsTypes.Names}.",
                "tensors"
            );
        }

        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", type);
        WriteNumbers(json, "shape", entry.Shape);
        WriteNumbers(json, "data_offsets", [entry.Begin, entry.End]);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static void ForEachSpan(
        SafetensorsEntry[] entries,
        IReadOnlyDictionary<string, Tensor> tensors,
        TensorBytes.SpanAction action
    )
    {
        foreach (SafetensorsEntry entry in entries)
        {
            using var scope = NewDisposeScope(); // frees the copies of tensors from other devices one by one
            TensorBytes.ForEachSpan(tensors[entry.Name].detach().cpu().contiguous(), action);
        }
    }
}

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

/// <summary>The memory of a tensor as spans.</summary>
internal static class TensorBytes
{
    // a span holds at most 2^31 - 1 bytes; elements take at most 8
    private const long ElementsPerSpan = 1 << 27;

    internal delegate void SpanAction(Span<byte> bytes);

    /// <summary>Hands over the tensor's own memory, in order, in one span or several.</summary>
    /// <remarks>The tensor is to be contiguous and on the CPU.</remarks>
    public static void ForEachSpan(Tensor tensor, SpanAction action)
    {
        using var scope = NewDisposeScope();
        Tensor flat = tensor.detach().view(-1);
        for (long start = 0; start < flat.shape[0]; start += ElementsPerSpan)
        {
            action(flat.narrow(0, start, Math.Min(ElementsPerSpan, flat.shape[0] - start)).bytes);
        }
    }
}
