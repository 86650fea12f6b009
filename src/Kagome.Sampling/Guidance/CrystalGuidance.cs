using Kagome.Networks.Batches;
using Kagome.Networks.Models;
using Kagome.Processes.Diffusion;
using static TorchSharp.torch;

namespace Kagome.Sampling.Guidance;

/// <summary>A predictor that pulls samples to low energy, and how hard.</summary>
/// <remarks>Source: DAO (arXiv 2503.10471), A.11, where both weights are one.</remarks>
/// <param name="Predictor">With an energy head, trained with the generator's noise.</param>
/// <param name="CoordinateWeight">A of the coordinates; 0 leaves them alone.</param>
/// <param name="LatticeWeight">A of the lattices; 0 leaves them alone.</param>
public sealed record CrystalGuidance(Crysformer Predictor, double CoordinateWeight, double LatticeWeight)
{
    /// <summary>The guidance of a batch of crystals of any sizes.</summary>
    /// <param name="layout">Which atoms belong to which crystal.</param>
    /// <param name="atomicNumbers">[atoms], int64</param>
    public EnergyGuidance For(CrystalLayout layout, Tensor atomicNumbers) =>
        new(
            (state, times) => EnergyGradients.At(Predictor, layout, atomicNumbers, state, times),
            CoordinateWeight,
            LatticeWeight
        );
}
