using Kagome.Models;
using Kagome.Networks;
using Kagome.Networks.Layers;
using Kagome.Processes.Schedules;
using Kagome.Training.Data;
using Kagome.Training.Distributed;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;
using Kagome.Work;
using static TorchSharp.torch;

namespace Kagome.Training.Tests;

/// <summary>Runs that take milliseconds a step.</summary>
internal static class TestRuns
{
    /// <summary>Two workers, batches of at most two crystals and never the same learning rate twice.</summary>
    public static Recipe Recipe { get; } =
        new()
        {
            Name = "test",
            Seed = 7,
            Network = new CrysformerConfiguration
            {
                BlockCount = 1,
                HiddenDimension = 16,
                HeadCount = 2,
                FrequencyCount = 4,
                TimeDimension = 16,
            },
            Process = new DiffusionConfiguration { StepCount = 50 },
            Optimizer = new OptimizerSettings
            {
                LearningRate = 1e-2,
                WarmUpSteps = 3,
                WeightDecay = 1e-3,
            },
            Batches = new BatchSettings { Atoms = 10, Crystals = 2 },
            Run = new RunSettings
            {
                Steps = 12,
                ValidateEvery = 0,
                CheckpointMinutes = 1000,
                Workers = 2,
                Precision = ProductPrecision.Full, // a processor with bfloat16 rounds by where numbers lie in memory
            },
        };

    /// <summary>The same with energies, half of the crystals clean.</summary>
    public static Recipe PredictorRecipe { get; } =
        Recipe with
        {
            Network = Recipe.Network with { HasEnergyHead = true },
            Energy = new EnergySettings { CleanShare = 0.5 },
        };

    /// <summary>What optimizers without a run work on.</summary>
    public static WorkerThreads Workers { get; } = new(2);

    public static TrainingRun Create(
        Recipe? recipe = null,
        TrainingSet? crystals = null,
        TrainingSet? validation = null,
        Checkpoint? initial = null,
        IProcessGroup? group = null
    )
    {
        using Generator generator = new(3);
        using Tensor elementTable = rand([101, Recipe.Network.ElementFeatureCount], generator: generator);
        return new TrainingRun(
            recipe ?? Recipe,
            crystals ?? TestCrystals.Set(TestCrystals.All),
            validation,
            elementTable,
            initial: initial,
            group: group
        );
    }

    /// <summary>Takes steps and gives the loss of each.</summary>
    public static double[] Take(this TrainingRun run, int steps) =>
        [.. Enumerable.Range(0, steps).Select(_ => run.Step().Loss)];
}
