using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Processes.Wrapping;
using Kagome.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tasks;

/// <summary>What a network learns from crystals.</summary>
internal interface ITrainingObjective
{
    /// <summary>The losses of a batch, with gradients to the network's weights.</summary>
    TrainingLosses Loss(Crysformer network, TrainingBatch batch, INoiseSource noise);
}

/// <summary>What a generator learns: the way from noise to crystals.</summary>
internal sealed class GenerationObjective(IGenerativeProcess process, bool shiftOrigin) : ITrainingObjective
{
    public TrainingLosses Loss(Crysformer network, TrainingBatch batch, INoiseSource noise)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor coordinates = batch.Coordinates;
        if (shiftOrigin)
        {
            coordinates = Torus.Wrap(coordinates + batch.Layout.Spread(noise.Uniform(batch.CrystalCount, 3)));
        }

        DenoiserOutput Denoise(ProcessState state, Tensor times)
        {
            CrysformerOutput output = network.Evaluate(batch.In(state.Coordinates, state.Lattices, times));
            return new DenoiserOutput(output.Coordinates, output.Lattices, output.Energies);
        }

        TrainingLosses losses = process.Loss(
            Denoise,
            new ProcessState(coordinates, batch.Lattices),
            noise,
            batch.Layout.CrystalOfAtoms(coordinates.device)
        );
        return losses with
        {
            Lattice = losses.Lattice.MoveToOuterDisposeScope(),
            Coordinates = losses.Coordinates.MoveToOuterDisposeScope(),
        };
    }
}
