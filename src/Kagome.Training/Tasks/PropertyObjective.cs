using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tasks;

/// <summary>What a property network learns: the label of clean crystals, at t = 0, by its absolute error.</summary>
/// <remarks>Source: DAO (arXiv 2503.10471), A.10. Origins are not moved: the network does not see them.</remarks>
/// <param name="scaler">Standardises the labels.</param>
internal sealed class PropertyObjective(LabelScaler scaler) : ITrainingObjective
{
    public TrainingLosses Loss(Crysformer network, TrainingBatch batch, INoiseSource noise)
    {
        using DisposeScope scope = NewDisposeScope();
        CrysformerOutput output = network.Evaluate(batch.Clean());
        Tensor scaled = (batch.Labels! - scaler.Mean) / scaler.StandardDeviation;
        Tensor error = EnergyLoss.Absolute(output.Energies!, scaled) * scaler.StandardDeviation;
        Tensor nothing = zeros_like(error);
        return new TrainingLosses(
            nothing.MoveToOuterDisposeScope(),
            nothing.clone().MoveToOuterDisposeScope(),
            error.MoveToOuterDisposeScope()
        );
    }
}
