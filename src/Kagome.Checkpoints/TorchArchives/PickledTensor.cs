using static TorchSharp.torch;

namespace Kagome.Checkpoints.TorchArchives;

/// <summary>A tensor, still in its archive: <see cref="TorchArchive.Load"/> reads it.</summary>
/// <remarks>It lies inside its storage and has no more elements than that: checked when it was made.</remarks>
public sealed class PickledTensor
{
    internal PickledTensor(PickledStorage storage, long offset, long[] shape, long[] strides)
    {
        (Storage, Offset, Shape, Strides) = (storage, offset, shape, strides);
    }

    public PickledStorage Storage { get; }

    /// <summary>Of the first element; in elements.</summary>
    public long Offset { get; }

    public IReadOnlyList<long> Shape { get; }

    /// <summary>In elements.</summary>
    public IReadOnlyList<long> Strides { get; }

    public ScalarType Type => Storage.Type;
}
