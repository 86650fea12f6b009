using Kagome.Networks.Models;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Training.Data;
using Kagome.Training.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Loops;

/// <summary>Measures losses on held-out crystals, with the same noise every time so that figures compare.</summary>
public sealed class Validator(
    TrainingSet crystals,
    DiffusionObjective objective,
    BatchSettings settings,
    int largestCount,
    Device device
)
{
    private const long NoiseSeed = 20_250_310;

    public ValidationLosses Measure(Crysformer network)
    {
        using IDisposable noGradient = no_grad();
        BatchPlan plan = new(crystals.Sizes, settings, NoiseSeed);
        double lattice = 0;
        double coordinates = 0;
        int seen = 0;
        for (int step = 0; step < plan.StepsPerEpoch && seen < largestCount; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            using SeededNoise noise = new(RandomSeed.Mix(NoiseSeed, step), device: device);
            TrainingBatch batch = crystals.Batch(plan[step], device);
            TrainingLosses losses = objective.Loss(network, batch, noise);
            lattice += losses.Lattice.ToDouble() * batch.CrystalCount;
            coordinates += losses.Coordinates.ToDouble() * batch.CrystalCount;
            seen += batch.CrystalCount;
        }

        return new ValidationLosses(lattice / seen, coordinates / seen, seen);
    }
}
