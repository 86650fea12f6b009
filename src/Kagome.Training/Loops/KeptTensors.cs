using Kagome.Networks;
using Kagome.Training.Optimization;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>What a network has and the optimizer does not hold: buffers, and weights that are not trained.</summary>
internal static class KeptTensors
{
    public static IEnumerable<KeyValuePair<string, Tensor>> Of(Crysformer network) =>
        network
            .named_buffers()
            .Select(pair => KeyValuePair.Create(pair.name, pair.buffer))
            .Concat(
                network
                    .named_parameters()
                    .Where(pair => !pair.parameter.requires_grad)
                    .Select(pair => KeyValuePair.Create(pair.name, (Tensor)pair.parameter))
            );

    /// <summary>Gives a network those of a saved state: a run keeps the element table and frozen weights that it began with.</summary>
    /// <exception cref="ArgumentException">A tensor is missing or of another size.</exception>
    public static void Load(Crysformer network, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using IDisposable noGradient = no_grad();
        foreach ((string name, Tensor kept) in Of(network))
        {
            SavedTensors.Copy(tensors, name, kept);
        }
    }
}
