using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes.Noise;
using Kagome.Training.Data;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training;

/// <summary>Measures losses on held-out crystals, with the same noise every time so that figures compare.</summary>
/// <param name="crystals">The held-out crystals.</param>
/// <param name="objective">Gives the losses.</param>
/// <param name="scaler">Turns energies into their unit; null where the objective learns none.</param>
/// <param name="settings">How large a batch is.</param>
/// <param name="largestCount">Crystals after which it is enough.</param>
/// <param name="device">Where to compute.</param>
internal sealed class Validator(
    TrainingSet crystals,
    ITrainingObjective objective,
    LabelScaler? scaler,
    BatchSettings settings,
    int largestCount,
    Device device
)
{
    private const long NoiseSeed = 20_250_310;

    /// <param name="network">What is measured.</param>
    /// <param name="group">Processes that share the batches; all of them call, and get the same.</param>
    public ValidationLosses Measure(Crysformer network, IProcessGroup group)
    {
        using IDisposable noGradient = no_grad();
        BatchPlan plan = new(crystals.Count, crystals.AtomTotal, settings, NoiseSeed);
        LossValues losses = default;
        int energyTerms = 0; // crystals of the batches that had a label
        double errors = 0;
        int labelled = 0;
        int seen = 0;
        for (int step = 0; step < plan.StepsPerEpoch && seen < largestCount; step++)
        {
            BatchIndices indices = plan[step];
            seen += indices.Crystals.Length;
            if (step % group.Size != group.Rank)
            {
                continue;
            }

            using DisposeScope scope = NewDisposeScope();
            using SeededNoise noise = new(RandomSeed.Mix(NoiseSeed, step), device: device);
            TrainingBatch batch = crystals.Batch(indices, device);
            LossValues values = LossValues.Of(objective.Loss(network, batch, noise)) * batch.CrystalCount;
            losses += values;
            energyTerms += values.Energy is null ? 0 : batch.CrystalCount;
            (double sum, int count) = EnergyErrors(network, batch);
            errors += sum;
            labelled += count;
        }

        double[] sums = [losses.Lattice, losses.Coordinates, losses.Energy ?? 0, energyTerms, errors, labelled];
        group.AllReduceSum(sums.AsSpan());
        return new ValidationLosses(
            sums[0] / seen,
            sums[1] / seen,
            seen,
            sums[3] > 0 ? sums[2] / sums[3] : null,
            sums[5] > 0 ? sums[4] / sums[5] : null,
            (int)sums[5]
        );
    }

    /// <summary>Sum of the absolute errors of the clean crystals' energies, and how many have a label.</summary>
    private (double Sum, int Count) EnergyErrors(Crysformer network, TrainingBatch batch)
    {
        if (scaler is null || batch.Labels is null)
        {
            return (0, 0);
        }

        Tensor energies = network.Evaluate(batch.Clean()).Energies!;
        Tensor errors = ((energies * scaler.StandardDeviation) + scaler.Mean - batch.Labels).abs();
        Tensor known = errors.masked_select(batch.Labels.isnan().logical_not());
        return (known.sum().ToDouble(), (int)known.NumberOfElements);
    }
}
