using Kagome.Networks.Models;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Loops;

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
        set_num_threads(1);
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
