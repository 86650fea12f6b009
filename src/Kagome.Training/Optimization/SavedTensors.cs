using static TorchSharp.torch;

namespace Kagome.Training.Optimization;

/// <summary>Tensors of a state that is gone on from.</summary>
internal static class SavedTensors
{
    /// <summary>Gives a tensor the numbers that were saved under a name.</summary>
    /// <exception cref="ArgumentException">There are none, or of another shape.</exception>
    public static void Copy(IReadOnlyDictionary<string, Tensor> tensors, string name, Tensor destination)
    {
        if (!tensors.TryGetValue(name, out Tensor? source) || !source.shape.SequenceEqual(destination.shape))
        {
            string found = source is null ? "missing" : $"of shape [{string.Join(", ", source.shape)}]";
            throw new ArgumentException(
                $"Tensor '{name}' is {found}; expected shape [{string.Join(", ", destination.shape)}] of this network's weights."
            );
        }

        destination.copy_(source);
    }
}
