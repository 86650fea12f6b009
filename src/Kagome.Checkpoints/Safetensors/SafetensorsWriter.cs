using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace Kagome.Checkpoints.Safetensors;

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
