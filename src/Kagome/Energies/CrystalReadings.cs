using Kagome.Crystals.Structures;
using Kagome.Networks;
using Kagome.Networks.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Energies;

/// <summary>What a network with an energy head makes of a clean crystal.</summary>
/// <param name="Energy">The head's output, standardised.</param>
/// <param name="Features">The mean over the crystal's atoms. [hidden]</param>
internal readonly record struct CrystalReading(double Energy, double[] Features);

/// <summary>Asks a predictor about crystals without noise.</summary>
internal static class CrystalReadings
{
    /// <summary>Standardised energies at t = 0, with the features that they come from.</summary>
    /// <param name="network">Has an energy head.</param>
    /// <param name="crystals">At least one; of any sizes.</param>
    /// <exception cref="ArgumentException">The network has no energy head.</exception>
    public static CrystalReading[] Of(FoldedCrysformer network, IReadOnlyList<Structure> crystals)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        CrysformerOutput output = network.Evaluate(CrystalBatch.Of(crystals, network.AnyWeight));
        double[] energies = Numbers(
            output.Energies
                ?? throw new ArgumentException("The network has no energy head; expected DAO-P.", nameof(network))
        );
        double[][] features = [.. Numbers(output.CrystalFeatures).Chunk(network.Configuration.HiddenDimension)];
        return [.. energies.Zip(features, (energy, row) => new CrystalReading(energy, row))];
    }

    internal static double[] Numbers(Tensor tensor) =>
        [.. tensor.to(ScalarType.Float64).cpu().contiguous().flatten().data<double>()];
}
