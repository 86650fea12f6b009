using System.Buffers.Binary;
using static TorchSharp.torch;

namespace Kagome.Checkpoints.Safetensors;

/// <summary>Reads a file in one pass: header, tensors, both checksums.</summary>
internal static class SafetensorsReader
{
    public static SafetensorsFile Read(string path)
    {
        using FileStream stream = new(
            path,
            new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan }
        );
        try
        {
            return Read(path, stream);
        }
        catch (EndOfStreamException exception)
        {
            throw new CheckpointException(path, "cut off while it was read; get the file again.", exception);
        }
    }

    private static SafetensorsFile Read(string path, FileStream stream)
    {
        using FileDigest digest = new();
        SafetensorsHeader header = ReadHeader(path, stream, digest);
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = new(header.Entries.Count);
        foreach (SafetensorsEntry entry in header.Entries)
        {
            tensors.Add(entry.Name, ReadTensor(path, stream, entry, digest));
        }

        if (header.Seal is not null && header.Seal != digest.Seal())
        {
            throw new CheckpointException(
                path,
                $"checksum differs: the seal says {header.Seal}, the content gives {digest.Seal()}. The file was changed or damaged; get it again."
            );
        }

        foreach (Tensor tensor in tensors.Values)
        {
            tensor.DetachFromDisposeScope();
        }

        return new SafetensorsFile(tensors, header.Metadata, digest.File(), header.Seal is not null);
    }

    private static SafetensorsHeader ReadHeader(string path, FileStream stream, FileDigest digest)
    {
        byte[] opening = new byte[FileSignature.Length];
        opening = opening[..stream.ReadAtLeast(opening, opening.Length, throwOnEndOfStream: false)];
        int headerLength = CheckOpening(path, opening, stream.Length);
        byte[] header = new byte[headerLength];
        stream.Position = SafetensorsHeader.PrefixLength;
        stream.ReadExactly(header);
        long dataLength = stream.Length - SafetensorsHeader.PrefixLength - headerLength;
        SafetensorsHeader parsed = SafetensorsHeaderReader.Read(path, header, dataLength);
        digest.AppendHeader(opening.AsSpan(0, SafetensorsHeader.PrefixLength), header, parsed.SealOffset);
        return parsed;
    }

    private static int CheckOpening(string path, ReadOnlySpan<byte> opening, long fileLength)
    {
        if (opening.Length <= SafetensorsHeader.PrefixLength || opening[SafetensorsHeader.PrefixLength] != (byte)'{')
        {
            throw new CheckpointException(path, $"no safetensors file; it {FileSignature.Describe(opening)}");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(opening);
        if (length > SafetensorsHeader.LargestHeader)
        {
            throw new CheckpointException(
                path,
                $"the header is to take {length} bytes; expected at most {SafetensorsHeader.LargestHeader}. The file was damaged or is of another format."
            );
        }

        if (length > (ulong)(fileLength - SafetensorsHeader.PrefixLength))
        {
            throw new CheckpointException(
                path,
                $"cut off: the header is to take {length} bytes and the file has {fileLength}. The download or copy did not finish; get the file again."
            );
        }

        return (int)length;
    }

    private static Tensor ReadTensor(string path, FileStream stream, SafetensorsEntry entry, FileDigest digest)
    {
        Tensor tensor = empty(entry.Shape, entry.Type);
        bool isBoolean = entry.Type == ScalarType.Bool;
        TensorBytes.ForEachSpan(
            tensor,
            bytes =>
            {
                stream.ReadExactly(bytes);
                digest.Append(bytes);
                if (isBoolean && bytes.IndexOfAnyExceptInRange((byte)0, (byte)1) >= 0)
                {
                    throw new CheckpointException(path, $"tensor '{entry.Name}' is BOOL; expected only bytes 0 and 1.");
                }
            }
        );
        return tensor;
    }
}
