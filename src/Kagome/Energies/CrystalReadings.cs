using Kagome.Crystals.Structures;
using Kagome.Networks;
using Kagome.Networks.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Energies;

/// <summary>Asks a predictor about crystals without noise.</summary>
internal static class CrystalReadings
{
    /// <summary>Standardised energies at t = 0.</summary>
    /// <param name="network">Has an energy head.</param>
    /// <param name="crystals">At least one; of any sizes.</param>
    /// <exception cref="ArgumentException">The network has no energy head.</exception>
    public static double[] Of(FoldedCrysformer network, IReadOnlyList<Structure> crystals)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return Numbers(
            network.Evaluate(CrystalBatch.Of(crystals, network.AnyWeight)).Energies
                ?? throw new ArgumentException("The network has no energy head; expected DAO-P.", nameof(network))
        );
    }

    internal static double[] Numbers(Tensor tensor) =>
        [.. tensor.to(ScalarType.Float64).cpu().contiguous().flatten().data<double>()];
}
