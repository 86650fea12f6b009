using static TorchSharp.torch;

namespace Kagome.Processes;

/// <summary>What a denoiser says of a noisy state.</summary>
/// <param name="Coordinates">Normalised score of the coordinates. [batch, points, 3]</param>
/// <param name="Lattices">Noise in the lattices. [batch, 3, 3]</param>
/// <param name="Energies">Standardised energies of the clean states; null where the model has none. [batch]</param>
public sealed record DenoiserOutput(Tensor Coordinates, Tensor Lattices, Tensor? Energies = null);
