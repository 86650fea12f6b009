using static TorchSharp.torch;

namespace Kagome.Checkpoints.TorchArchives;

/// <summary>The numbers of one or several tensors, still in their archive.</summary>
/// <param name="key">Names its entry in the archive.</param>
/// <param name="type">Of every number.</param>
/// <param name="elementCount">As the pickle says; the archive has been checked to hold as many.</param>
public sealed class PickledStorage(string key, ScalarType type, long elementCount)
{
    public string Key { get; } = key;

    public ScalarType Type { get; } = type;

    public long ElementCount { get; } = elementCount;
}
