using Kagome.Benchmarks.Measuring;
using Kagome.Cli.Options;
using Kagome.Crystals.Compositions;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes.Diffusion;

namespace Kagome.Benchmarks.Sampling;

/// <summary>The sampler with the product's network against the same sampler with the literal one, and what it does besides.</summary>
internal sealed class SamplingBenchmark(
    SamplingSettings settings,
    MeasurementClock clock,
    Action<string> tell,
    CancellationToken cancellation
)
{
    private const int WatchedSamples = 2;

    public SamplingReport Run()
    {
        Composition cell = FormulaParser.Parse(settings.Formula);
        using Checkpoint model = ModelFolder.Catalog.Load(settings.Model, ModelKind.Generator);
        using Crysformer network = model.CreateNetwork();
        int defaultSteps = Math.Min(new SamplingSettings().Steps, model.Process.StepCount);
        int steps = Math.Min(settings.Steps, defaultSteps);
        DiffusionProcess process = new(model.DiffusionSchedules());

        tell($"sampling: {settings.Samples} samples of {settings.Formula}, {steps} steps, as predict makes them");
        double seconds = TimePrediction(steps);

        using SamplerRun run = new(network, process, cell, settings.Seed, clock);
        int pairedSteps = Math.Min(settings.PairedSteps, model.Process.StepCount);
        using WorkerThreads oneThread = new(1);
        double Sample(NetworkForm form) =>
            oneThread.Run(_ => run.Sample(form, settings.Samples, pairedSteps, cancellation).Moves);
        tell("sampling: against the literal network");
        PairedTimes times = new PairedMeasurement(clock, settings.Repetitions).Measure(
            () => Sample(NetworkForm.Product),
            () => Sample(NetworkForm.Literal),
            cancellation
        );
        tell("sampling: time outside of the network");
        double outside = PairedTimes.Median(
            Enumerable
                .Range(0, settings.Repetitions)
                .Select(_ =>
                    oneThread.Run(_ =>
                        run.Sample(NetworkForm.Product, settings.Samples, pairedSteps, cancellation).OutsideShare
                    )
                )
        );
        tell($"sampling: memory over {settings.WatchedSteps} moves");
        MemoryGrowth growth = MemoryGrowth.During(
            Math.Min(settings.WatchedSteps, model.Process.StepCount),
            moves => oneThread.Run(_ => run.Sample(NetworkForm.Product, WatchedSamples, moves, cancellation).Moves)
        );
        return new SamplingReport(
            settings.Formula,
            settings.Samples,
            times.Ratio,
            seconds * defaultSteps / steps,
            defaultSteps,
            steps,
            outside,
            growth,
            times
        );
    }

    /// <summary>Seconds of the candidates of a formula in one cell, on all cores.</summary>
    private double TimePrediction(int steps)
    {
        using CrystalPredictor predictor = CrystalPredictor.Load(
            new ModelOptions
            {
                Generator = settings.Model,
                Predictor = ModelOptions.None,
                Folder = ModelFolder.Path,
            }
        );
        PredictionPlan plan = predictor.Plan(
            settings.Formula,
            new PredictionOptions
            {
                Candidates = CandidateSources.Generated,
                Samples = settings.Samples,
                FormulaUnits = [1],
                Sampler = new SamplerOptions { Steps = steps },
                Seed = settings.Seed,
            }
        );
        return clock
            .Time(() =>
                predictor.PredictAsync(plan, cancellation: cancellation).GetAwaiter().GetResult().Candidates.Count
            )
            .Seconds;
    }
}
