using static TorchSharp.torch;

namespace Kagome.Processes.Diffusion;

/// <summary>Pulls samples to low energy: the gradients of an energy model, taken in at every step.</summary>
/// <param name="Gradients">Of the summed standardised energies by coordinates and lattices, at a state and its times.</param>
/// <param name="CoordinateWeight">A of the coordinates.</param>
/// <param name="LatticeWeight">A of the lattices.</param>
public sealed record EnergyGuidance(
    Func<ProcessState, Tensor, ProcessState> Gradients,
    double CoordinateWeight,
    double LatticeWeight
);
