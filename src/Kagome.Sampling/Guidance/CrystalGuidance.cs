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
    /// <summary>The guidance of a batch of crystals.</summary>
    /// <param name="atomicNumbers">[crystals, atoms], int64</param>
    public EnergyGuidance For(Tensor atomicNumbers) =>
        new(
            (state, times) => EnergyGradients.At(Predictor, atomicNumbers, state, times),
            CoordinateWeight,
            LatticeWeight
        );
}
