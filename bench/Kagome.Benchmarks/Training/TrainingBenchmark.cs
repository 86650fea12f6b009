using Kagome.Benchmarks.Measuring;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Networks;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Training;
using Kagome.Training.Data;
using Kagome.Training.Optimization;
using Kagome.Training.Recipes;
using TorchSharp;

namespace Kagome.Benchmarks.Training;

/// <summary>Whole training steps of a recipe on random crystals of mixed sizes against the gradients alone of the literal network.</summary>
internal sealed class TrainingBenchmark(
    TrainingSettings settings,
    MeasurementClock clock,
    Action<string> tell,
    CancellationToken cancellation
)
{
    public TrainingReport Run()
    {
        Recipe recipe = ReadRecipe();
        Structure[] crystals = CreateCrystals(recipe.Batches.Atoms);
        TrainingSet set = new();
        for (int at = 0; at < crystals.Length; at++)
        {
            set.Add(new CrystalRecord($"random-{at}", crystals[at]));
        }

        using torch.Tensor table = torch.tensor(ElementFeatures.Table());
        using TrainingRun run = new(recipe, set, validation: null, table);
        using WorkerNetworks networks = new(
            precision => BenchmarkNetwork.Create(model: null, recipe.Network, settings.Seed, precision),
            settings.Workers,
            ProductPrecision.Full
        );
        using WorkerThreads workers = new(settings.Workers);
        using LiteralGradients literal = new(
            networks.All,
            crystals.Where((_, at) => at % settings.LiteralDivisor == 0),
            settings.LiteralBatchPairs,
            new DiffusionProcess(
                run.Schedules ?? throw new InputException($"{recipe.Name} trains a flow; expected diffusion.")
            ),
            settings.Seed
        );

        tell("training: against the literal network");
        int steps = 0;
        PairedTimes times = new PairedMeasurement(clock, settings.Repetitions).Measure(
            () => ShowAll(run, set.Count, ref steps),
            () => literal.Run(workers),
            cancellation
        );
        double stepSeconds = times.ProductSeconds * set.Count * (settings.Repetitions + 1) / steps;
        tell("training: the optimizer");
        double optimizerSeconds = TimeOptimizer(networks.All, recipe.Optimizer);
        tell($"training: memory over {settings.WatchedSteps} steps");
        MemoryGrowth growth = MemoryGrowth.During(settings.WatchedSteps, rounds => TakeSteps(run, rounds));
        return new TrainingReport(
            recipe.Name,
            recipe.Run.Precision.On(torch.CPU),
            times.Ratio,
            1 / times.ProductSeconds,
            1 / times.TwinSeconds,
            stepSeconds,
            optimizerSeconds / stepSeconds,
            growth,
            times
        );
    }

    /// <summary>The recipe for a generator, from random weights, with products as the machine does them best.</summary>
    private Recipe ReadRecipe()
    {
        Recipe recipe = RecipeFile.Read(new RecipeCatalog().Find(settings.Recipe));
        return recipe with
        {
            Seed = settings.Seed,
            Energy = null,
            InitialModel = null,
            Run = recipe.Run with { Precision = ProductPrecision.Auto, Workers = settings.Workers },
        };
    }

    /// <summary>Sizes in turn, so that every n-th crystal is a fair choice.</summary>
    private Structure[] CreateCrystals(int batchAtoms)
    {
        Random random = new(unchecked((int)settings.Seed));
        return
        [
            .. settings.AtomCounts.SelectMany(atoms =>
                RandomCrystals.Create(Math.Max(1, (settings.AtomsOfSize ?? batchAtoms) / atoms), atoms, random)
            ),
        ];
    }

    /// <summary>Steps until as many crystals were shown as there are.</summary>
    private static double ShowAll(TrainingRun run, int crystalCount, ref int steps)
    {
        double shown = 0;
        while (shown < crystalCount)
        {
            shown += run.Step().CrystalCount;
            steps++;
        }

        return shown;
    }

    private void TakeSteps(TrainingRun run, int count)
    {
        for (int step = 0; step < count; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            _ = run.Step();
        }
    }

    /// <summary>Median seconds of a step with the gradients that the literal networks hold.</summary>
    private double TimeOptimizer(IReadOnlyList<Crysformer> networks, OptimizerSettings optimizerSettings)
    {
        using Kagome.Work.WorkerThreads workers = new(settings.Workers);
        using WeightOptimizer optimizer = new(networks, optimizerSettings, workers);
        Timing Step(int step) => clock.Time(() => optimizer.Step(optimizerSettings.LearningRate, step) ? 1 : 0);
        _ = Step(0);
        return PairedTimes.Median(Enumerable.Range(1, settings.Repetitions).Select(step => Step(step).Seconds));
    }
}
