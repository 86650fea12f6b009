using Kagome.Networks.Models;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Training.Data;

namespace Kagome.Training.Loops;

/// <summary>What a network learns from crystals.</summary>
public interface ITrainingObjective
{
    /// <summary>The losses of a batch, with gradients to the network's weights.</summary>
    TrainingLosses Loss(Crysformer network, TrainingBatch batch, INoiseSource noise);
}
