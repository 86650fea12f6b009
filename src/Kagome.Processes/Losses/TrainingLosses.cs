using static TorchSharp.torch;

namespace Kagome.Processes.Losses;

/// <summary>The terms of a training loss: scalars with gradients.</summary>
/// <param name="Lattice">Mean square error of the lattices' noise.</param>
/// <param name="Coordinates">Mean square error of the coordinates' normalised score.</param>
/// <param name="Energy">Energy term; null where nothing in the batch has a label or the model no energy.</param>
public sealed record TrainingLosses(Tensor Lattice, Tensor Coordinates, Tensor? Energy = null)
{
    /// <summary>What is minimised.</summary>
    public Tensor Total() => Energy is null ? Lattice + Coordinates : Lattice + Coordinates + Energy;
}
