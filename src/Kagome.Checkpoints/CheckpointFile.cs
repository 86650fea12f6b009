using Kagome.Checkpoints.Safetensors;

namespace Kagome.Checkpoints;

/// <summary>Model files: safetensors with the network's weights, its noise schedules and JSON descriptions.</summary>
/// <remarks>
/// <para>
/// Tensors: the network's state dictionary as it is, and <c>schedule.*</c> in float64. Metadata: <c>format</c> = kagome,
/// <c>version</c>, and as JSON <c>network</c>, <c>process</c>, <c>provenance</c> and, where there is one, <c>label_scaler</c> or <c>ensemble</c>,
/// whose tensors are named as <see cref="EnsembleWeights"/> says.
/// </para>
/// <para>
/// Every file is sealed as <see cref="SafetensorsFile"/> describes: a changed byte anywhere is noticed on loading.
/// The checksum that predictions quote is another sum, of the file as it is, so that <c>sha256sum</c> prints the same.
/// </para>
/// </remarks>
public static class CheckpointFile
{
    /// <summary>What this version writes; it reads up to this.</summary>
    public const int Version = 1;

    /// <summary>Writes a model file: whole or, on any failure, not at all.</summary>
    /// <returns>The checksum of the file.</returns>
    /// <exception cref="ArgumentException">
    /// The parts do not fit each other, or a weight is no finite number in <paramref name="precision"/>.
    /// </exception>
    public static string Save(string path, Checkpoint checkpoint, WeightPrecision precision = WeightPrecision.Single) =>
        CheckpointWriter.Write(path, checkpoint, precision);

    /// <summary>Reads a model file and checks all that can be checked without its network.</summary>
    /// <param name="path">A file of <see cref="Save"/>.</param>
    /// <param name="expectedSha256">What the source of the file says <c>sha256sum</c> prints; not compared if null.</param>
    /// <returns>Weights are float32 on the CPU, in no dispose scope: dispose of the checkpoint.</returns>
    /// <exception cref="CheckpointException">
    /// The file is cut off, changed, of another format, of a newer version, not the expected one, or its parts do not fit
    /// each other.
    /// </exception>
    public static Checkpoint Load(string path, string? expectedSha256 = null) =>
        CheckpointReader.Read(path, expectedSha256);

    /// <summary>Checks a model file as <see cref="Load"/> does.</summary>
    /// <returns>Its checksum.</returns>
    /// <inheritdoc cref="Load"/>
    public static string Verify(string path, string? expectedSha256 = null)
    {
        using Checkpoint checkpoint = Load(path, expectedSha256);
        return checkpoint.Checksum!;
    }
}
