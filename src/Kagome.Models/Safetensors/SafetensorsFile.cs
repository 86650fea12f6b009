using System.Buffers.Binary;
using System.Security.Cryptography;
using static TorchSharp.torch;

namespace Kagome.Models;

/// <summary>Named tensors and named text in one file.</summary>
/// <remarks>
/// <para>Source: the safetensors format, https://github.com/huggingface/safetensors; any program that reads it reads ours.</para>
/// <para>
/// The seal is ours: the metadata key <c>seal_sha256</c> holds the SHA-256 of the whole file, length prefix and header
/// included, with the seal's own 64 digits replaced by zeros. Any changed byte of a sealed file is noticed on reading:
/// in the digits they no longer match, elsewhere the sum no longer does.
/// </para>
/// <para>Owns its tensors: they are in no dispose scope and live until <see cref="Dispose"/>.</para>
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    internal SafetensorsFile(
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string> metadata,
        string checksum,
        bool isSealed
    )
    {
        Tensors = tensors;
        Metadata = metadata;
        Checksum = checksum;
        IsSealed = isSealed;
    }

    /// <summary>The tensors by name; contiguous, on the CPU.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>Text by key, without the seal.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>SHA-256 of the file as <c>sha256sum</c> prints it; 64 lower-case hexadecimal digits.</summary>
    public string Checksum { get; }

    /// <summary>Whether the file carried a seal; it matched, or reading would have failed.</summary>
    public bool IsSealed { get; }

    /// <summary>Reads a file straight into new tensors.</summary>
    /// <exception cref="CheckpointException">No safetensors file, cut off, malformed, or not what its seal was made for.</exception>
    public static SafetensorsFile Read(string path) => SafetensorsReader.Read(path);

    /// <summary>Writes a sealed file: whole or, on any failure, not at all.</summary>
    /// <remarks>
    /// Equal names, values, types and metadata give equal bytes. Tensors lie by falling element size, then by name, so
    /// that every one is aligned.
    /// </remarks>
    /// <param name="path">Replaced if it exists.</param>
    /// <param name="tensors">Tensors by name, on any device: float64, 32, 16, bfloat16, int64, int32, uint8 or bool.</param>
    /// <param name="metadata">Text by key.</param>
    /// <returns>The <see cref="Checksum"/> of the file.</returns>
    /// <exception cref="ArgumentException">A type that the format lacks, or a reserved name.</exception>
    public static string Write(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null
    ) => SafetensorsWriter.Write(path, tensors, metadata ?? new Dictionary<string, string>());

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}

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

/// <summary>Two SHA-256 sums over one pass: of the file as it is, and of the file with its seal's digits blanked.</summary>
internal sealed class FileDigest : IDisposable
{
    private static readonly byte[] Blank = [.. Enumerable.Repeat((byte)'0', SafetensorsHeader.SealLength)];

    private readonly IncrementalHash file = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash seal = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void AppendHeader(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> header, int? sealOffset)
    {
        Append(prefix);
        file.AppendData(header);
        if (sealOffset is { } offset)
        {
            seal.AppendData(header[..offset]);
            seal.AppendData(Blank);
            seal.AppendData(header[(offset + Blank.Length)..]);
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        file.AppendData(bytes);
        seal.AppendData(bytes);
    }

    /// <summary>What the seal has to be; lower-case hexadecimal.</summary>
    public string Seal() => Convert.ToHexStringLower(seal.GetCurrentHash());

    /// <summary>What <c>sha256sum</c> prints for the file; lower-case hexadecimal.</summary>
    public string File() => Convert.ToHexStringLower(file.GetCurrentHash());

    public void Dispose()
    {
        file.Dispose();
        seal.Dispose();
    }
}
