using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Processes.Wrapping;
using Kagome.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tasks;

/// <summary>What a predictor learns: the noise in crystals, and the energy of the clean crystal under the noise.</summary>
/// <remarks>
/// <para>
/// The first crystals of a batch, whose order is random, are shown clean: as many as <see cref="EnergySettings.CleanShare"/> says. The next,
/// as many as <see cref="EnergySettings.DisplacedShare"/> says, are displaced and have to lie higher than they did. The others get noise and teach
/// both diffusion losses and the exponential energy loss. Every label weighs the same, however few of its batch have one.
/// </para>
/// <para>Source: DAO-P (arXiv 2503.10471), A.10. Clean and displaced crystals are ours: without them this is the paper's loss.</para>
/// </remarks>
/// <param name="process">Makes the noise.</param>
/// <param name="settings">How energies count.</param>
/// <param name="scaler">Standardises the labels.</param>
/// <param name="labelledShare">The share of all crystals to learn from that have a label.</param>
/// <param name="shiftOrigin">Whether each crystal's origin is moved at random.</param>
internal sealed class EnergyObjective(
    DiffusionProcess process,
    EnergySettings settings,
    LabelScaler scaler,
    double labelledShare,
    bool shiftOrigin
) : ITrainingObjective
{
    public TrainingLosses Loss(Crysformer network, TrainingBatch batch, INoiseSource noise)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor coordinates = shiftOrigin
            ? Torus.Wrap(batch.Coordinates + batch.Layout.Spread(noise.Uniform(batch.CrystalCount, 3)))
            : batch.Coordinates;
        int clean = Count(settings.CleanShare, batch.CrystalCount, batch.CrystalCount, noise);
        int still = clean + Count(settings.DisplacedShare, batch.CrystalCount - clean, batch.CrystalCount, noise); // at t = 0
        (int cleanAtoms, int stillAtoms) = (batch.Layout.AtomStarts[clean], batch.Layout.AtomStarts[still]);
        Tensor members = batch.Layout.CrystalOfAtoms(coordinates.device);
        Displacement moved = Displacement.Of(
            coordinates[cleanAtoms..stillAtoms],
            batch.Lattices[clean..still],
            members[cleanAtoms..stillAtoms] - clean,
            noise
        );
        NoisyDraw draw = AddNoise(
            new ProcessState(coordinates[stillAtoms..], batch.Lattices[still..]),
            members[stillAtoms..] - still,
            noise
        );
        CrysformerOutput output = network.Evaluate(
            batch.In(
                cat([coordinates[..cleanAtoms], moved.Coordinates, draw.State.Coordinates]),
                cat([batch.Lattices[..clean], moved.Lattices, draw.State.Lattices]),
                cat([zeros(still, dtype: ScalarType.Int64, device: draw.Times.device), draw.Times])
            )
        );
        TrainingLosses losses = Diffusion(output, draw, still, stillAtoms);
        return new TrainingLosses(
            losses.Lattice.MoveToOuterDisposeScope(),
            losses.Coordinates.MoveToOuterDisposeScope(),
            Energy(output.Energies!, batch.Labels!, clean, moved.LeastRise)?.MoveToOuterDisposeScope()
        );
    }

    /// <summary>A share of the crystals, rounded at random so that it holds over many batches.</summary>
    private static int Count(double share, int most, int crystals, INoiseSource noise) =>
        share > 0 ? Math.Min(most, (int)((share * crystals) + noise.Uniform(1).ToDouble())) : 0;

    private NoisyDraw AddNoise(ProcessState clean, Tensor members, INoiseSource noise)
    {
        long count = clean.Lattices.shape[0];
        Tensor times = noise.Steps(process.StepCount, count);
        return process.AddNoise(
            clean,
            times,
            noise.Normal(count, 3, 3),
            noise.Normal(clean.Coordinates.shape),
            members
        );
    }

    private static TrainingLosses Diffusion(CrysformerOutput output, NoisyDraw draw, int clean, int cleanAtoms)
    {
        if (draw.Times.shape[0] == 0)
        {
            Tensor nothing = output.Lattices.sum() * 0;
            return new TrainingLosses(nothing, nothing);
        }

        return DiffusionProcess.Loss(
            new DenoiserOutput(output.Coordinates[cleanAtoms..], output.Lattices[clean..]),
            draw
        );
    }

    /// <param name="predicted">Standardised. [crystals]</param>
    /// <param name="labels">In their unit, NaN where there is none. [crystals]</param>
    /// <param name="clean">How many crystals are clean; the displaced ones come next.</param>
    /// <param name="leastRise">Of the displaced ones, in the labels' unit.</param>
    private Tensor? Energy(Tensor predicted, Tensor labels, int clean, Tensor leastRise)
    {
        Tensor scaled = (labels - scaler.Mean) / scaler.StandardDeviation;
        int still = clean + (int)leastRise.shape[0];
        Tensor?[] terms =
        [
            Sum(EnergyLoss.Absolute, predicted[..clean], scaled[..clean]),
            Sum(
                EnergyLoss.Below,
                predicted[clean..still],
                scaled[clean..still] + (leastRise / scaler.StandardDeviation)
            ),
            Sum(EnergyLoss.Exponential, predicted[still..], scaled[still..]),
        ];
        Tensor[] present = [.. terms.OfType<Tensor>()];
        return present.Length == 0
            ? null
            : present.Aggregate((sum, term) => sum + term) * (settings.Weight / (labelledShare * labels.shape[0]));
    }

    /// <summary>The sum of a mean loss over the crystals that have a label; null where none has.</summary>
    private static Tensor? Sum(Func<Tensor, Tensor, Tensor> mean, Tensor predicted, Tensor labels)
    {
        Tensor labelled = labels.isnan().logical_not().nonzero().view(-1);
        long count = labelled.shape[0];
        return count == 0 ? null : mean(predicted.index_select(0, labelled), labels.index_select(0, labelled)) * count;
    }
}
