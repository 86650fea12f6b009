using static TorchSharp.torch;

namespace Kagome.Checkpoints.Safetensors;

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

    /// <summary>By name; contiguous, on the CPU.</summary>
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
    /// <param name="tensors">By name, on any device: float64, 32, 16, bfloat16, int64, int32, uint8 or bool.</param>
    /// <param name="metadata">Text by key.</param>
    /// <returns>The <see cref="Checksum"/> of the file.</returns>
    /// <exception cref="ArgumentException">A type that the format lacks, or a reserved name.</exception>
    public static string Write(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null
    ) => SafetensorsWriter.Write(path, tensors, metadata ?? new Dictionary<string, string>());

    public void Dispose()
    {
        foreach (Tensor tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
