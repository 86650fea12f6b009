using System.Security.Cryptography;

namespace Kagome.Checkpoints.Safetensors;

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
