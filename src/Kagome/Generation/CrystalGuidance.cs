using Kagome.Energies;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using static TorchSharp.torch;

namespace Kagome;

/// <summary>A predictor that pulls samples to low energy, and how hard.</summary>
/// <remarks>Source: DAO (arXiv 2503.10471), A.11, where both weights are one.</remarks>
/// <param name="Predictor">Has an energy head, and learned the generator's noise.</param>
/// <param name="CoordinateWeight">How hard coordinates are pulled (A in the paper); 0 leaves them alone.</param>
/// <param name="LatticeWeight">How hard lattices are pulled; 0 leaves them alone.</param>
internal sealed record CrystalGuidance(FoldedCrysformer Predictor, double CoordinateWeight, double LatticeWeight)
{
    /// <summary>The guidance of a batch of crystals of any sizes.</summary>
    /// <param name="layout">Which atoms belong to which crystal.</param>
    /// <param name="atomicNumbers">[atoms], int64</param>
    public EnergyGuidance For(CrystalLayout layout, Tensor atomicNumbers) =>
        new(
            (state, times) =>
                Gradients(new CrystalBatch(layout, atomicNumbers, state.Coordinates, state.Lattices, times)),
            CoordinateWeight,
            LatticeWeight
        );

    private ProcessState Gradients(CrystalBatch batch)
    {
        (Tensor energies, ProcessState gradients) = EnergyGradients.At(Predictor, batch);
        energies.Dispose();
        return gradients;
    }
}
