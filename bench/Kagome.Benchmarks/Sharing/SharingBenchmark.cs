using Kagome.Benchmarks.Measuring;

namespace Kagome.Benchmarks.Sharing;

/// <summary>One predictor for many callers at once against the same predictions one after another.</summary>
internal sealed class SharingBenchmark(
    SharingSettings settings,
    MeasurementClock clock,
    Action<string> tell,
    CancellationToken cancellation
)
{
    private readonly PredictionOptions options = new()
    {
        Candidates = CandidateSources.Generated,
        Samples = settings.Samples,
        Seed = settings.Seed,
        Sampler = new SamplerOptions { Steps = settings.Steps },
    };

    public SharingReport Run()
    {
        using CrystalPredictor predictor = CrystalPredictor.Load();
        tell($"sharing: {settings.Predictions} predictions by {settings.Callers} callers, and one after another");
        double[] together = [];
        double[] alone = [];
        PairedTimes times = new PairedMeasurement(clock, settings.Repetitions).Measure(
            () => (together = Predict(predictor, settings.Predictions, settings.Callers)).Length,
            () => (alone = Predict(predictor, settings.Predictions, callers: 1)).Length,
            cancellation
        );
        if (!together.SequenceEqual(alone))
        {
            throw new InvalidOperationException("Callers at once were given other structures than one after another.");
        }

        tell($"sharing: memory over {settings.WatchedPredictions} predictions");
        MemoryGrowth growth = MemoryGrowth.During(
            settings.WatchedPredictions,
            predictions => Predict(predictor, predictions, settings.Callers)
        );
        return new SharingReport(
            settings.Callers,
            times.Ratio,
            1 / times.ProductSeconds,
            1 / times.TwinSeconds,
            growth,
            times
        );
    }

    /// <summary>The volume of the first candidate of each prediction.</summary>
    private double[] Predict(CrystalPredictor predictor, int predictions, int callers)
    {
        double[] volumes = new double[predictions];
        Parallel
            .ForAsync(
                0,
                predictions,
                new ParallelOptions { MaxDegreeOfParallelism = callers, CancellationToken = cancellation },
                async (number, stop) =>
                {
                    string formula = settings.Formulas[number % settings.Formulas.Count];
                    Prediction prediction = await predictor.PredictAsync(formula, options, null, stop);
                    volumes[number] = prediction.Candidates[0].Structure.Lattice.Volume;
                }
            )
            .GetAwaiter()
            .GetResult();
        return volumes;
    }
}
