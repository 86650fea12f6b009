using Kagome.Networks;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Training.Data;
using Kagome.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>A copy of the network that works out the gradients of its share of a batch, on one thread.</summary>
/// <remarks>
/// Workers side by side wait for each other once a step; the threads of one shared network would do so in every operation.
/// See docs/decisions/0006-training-state.md.
/// </remarks>
internal sealed class GradientWorker(Crysformer network, ITrainingObjective objective, Device device)
{
    public Crysformer Network => network;

    /// <summary>Adds gradients of share × loss to the network.</summary>
    /// <returns>The losses, times the share.</returns>
    /// <remarks>A loss that is not finite leaves no gradients.</remarks>
    public LossValues Accumulate(TrainingSet crystals, BatchIndices part, double share, long noiseSeed)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(noiseSeed, device: device);
        TrainingLosses losses = objective.Loss(network, crystals.Batch(part, device), noise);
        LossValues values = LossValues.Of(losses) * share;
        if (double.IsFinite(values.Total))
        {
            (losses.Total() * share).backward();
        }

        return values;
    }
}

/// <summary>The terms of a loss as numbers.</summary>
/// <param name="Lattice">Mean square error of the lattices' noise.</param>
/// <param name="Coordinates">Mean square error of the coordinates' normalised score.</param>
/// <param name="Energy">Energy term, times its weight; null where nothing had a label.</param>
internal readonly record struct LossValues(double Lattice, double Coordinates, double? Energy)
{
    public double Total => Lattice + Coordinates + (Energy ?? 0);

    public static LossValues Of(TrainingLosses losses) =>
        new(losses.Lattice.ToDouble(), losses.Coordinates.ToDouble(), losses.Energy?.ToDouble());

    public static LossValues operator +(LossValues left, LossValues right) =>
        new(
            left.Lattice + right.Lattice,
            left.Coordinates + right.Coordinates,
            left.Energy is null ? right.Energy : left.Energy + (right.Energy ?? 0)
        );

    public static LossValues operator *(LossValues values, double factor) =>
        new(values.Lattice * factor, values.Coordinates * factor, values.Energy * factor);
}
