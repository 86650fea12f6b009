using Kagome.Core.Structures;
using Kagome.Networks.Models;
using Kagome.Sampling.Crystals;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Sampling.Energies;

/// <summary>What a predictor says of crystals without noise.</summary>
public static class CleanEnergies
{
    /// <summary>The standardised energies of crystals of one size, at t = 0.</summary>
    /// <param name="network">With an energy head.</param>
    /// <param name="crystals">At least one; all with as many atoms.</param>
    /// <exception cref="ArgumentException">The network has no energy head, or the crystals are of several sizes.</exception>
    public static double[] Of(Crysformer network, IReadOnlyList<Structure> crystals) =>
        [.. Read(network, crystals).Select(reading => reading.Energy)];

    /// <summary>The same, with the features that the energies come from.</summary>
    /// <inheritdoc cref="Of"/>
    public static CrystalReading[] Read(Crysformer network, IReadOnlyList<Structure> crystals)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        StructureBatch batch = StructureBatch.Of(crystals, network.parameters().First());
        Tensor clean = zeros(crystals.Count, dtype: ScalarType.Int64, device: batch.AtomicNumbers.device);
        CrysformerOutput output = network.Evaluate(
            batch.AtomicNumbers,
            batch.State.Coordinates,
            batch.State.Lattices,
            clean
        );
        double[] energies = Numbers(
            output.Energies
                ?? throw new ArgumentException("The network has no energy head; expected DAO-P.", nameof(network))
        );
        double[][] features = [.. Numbers(output.CrystalFeatures).Chunk(network.Configuration.HiddenDimension)];
        return [.. energies.Zip(features, (energy, row) => new CrystalReading(energy, row))];
    }

    private static double[] Numbers(Tensor tensor) =>
        [.. tensor.to(ScalarType.Float64).cpu().contiguous().flatten().data<double>()];
}
