using Kagome.Checkpoints;
using Kagome.Evaluation.Energies;
using Kagome.Sampling.Energies;

namespace Kagome.Cli.Properties;

/// <summary>Compares what the folds say with labels that they did not learn from.</summary>
/// <param name="data">All crystals.</param>
/// <param name="readings">Of each fold, of each crystal.</param>
/// <param name="scalers">Of each fold.</param>
internal sealed class PropertyTest(PropertyData data, CrystalReading[][] readings, LabelScaler[] scalers)
{
    private const int FewestForCalibration = 10;

    private readonly int[] learned =
    [
        .. Enumerable.Range(0, data.Crystals.Count).Where(at => data.Crystals[at].HasProperty),
    ];

    public FoldScores Scores(int fold)
    {
        int[] known = [.. learned.Where(at => data.Crystals[at].Fold is { } own && own != fold)];
        int[] tested = [.. learned.Where(at => data.Crystals[at].Fold == fold)];
        LabelBaselines baselines = new([
            .. known.Select(at => new LabelledCrystal(data.Crystals[at].Cell.Composition, Target(at))),
        ]);
        CompositionTerm ridge = data.Composition(fold);
        double[] model = [.. tested.Select(at => Predicted(fold, at))];
        double[] median = [.. tested.Select(_ => baselines.Median())];
        double[] elements = [.. tested.Select(at => baselines.SameElements(data.Crystals[at].Cell.Composition))];
        double[] composition = [.. tested.Select(at => ridge.Value(CompositionFit.Features(data.Crystals[at])))];
        double[] targets = [.. tested.Select(Target)];
        double[] labels = [.. tested.Select(at => data.Crystals[at].Label)];
        return new FoldScores(
            fold + 1,
            known.Length,
            EnergyErrors.Of(model, targets),
            EnergyErrors.Of([.. model.Select(Restore)], labels),
            EnergyErrors.Of(median, targets),
            EnergyErrors.Of([.. median.Select(Restore)], labels),
            EnergyErrors.Of(elements, targets),
            EnergyErrors.Of(composition, targets),
            EnergyErrors.Of([.. composition.Select(Restore)], labels)
        );
    }

    /// <summary>Error against spread on the crystals of no fold: a line by least squares that does not fall.</summary>
    public SpreadCalibration? Calibration()
    {
        int[] kept = [.. learned.Where(at => data.Crystals[at].Fold is null)];
        if (kept.Length < FewestForCalibration)
        {
            return null;
        }

        (double Mean, double Spread)[] said =
        [
            .. kept.Select(at =>
                EnsembleMean.Of([.. Enumerable.Range(0, readings.Length).Select(fold => Predicted(fold, at))])
            ),
        ];
        double[] spreads = [.. said.Select(pair => pair.Spread)];
        double[] errors = [.. kept.Select((at, place) => Math.Abs(said[place].Mean - Target(at)))];
        (double meanSpread, double meanError) = (spreads.Average(), errors.Average());
        double variance = spreads.Average(spread => Math.Pow(spread - meanSpread, 2));
        double covariance = spreads
            .Zip(errors, (spread, error) => (spread - meanSpread) * (error - meanError))
            .Average();
        double most = meanSpread > 0 ? meanError / meanSpread : 0; // steeper would expect errors below 0
        double slope = variance > 0 ? Math.Clamp(covariance / variance, 0, most) : 0;
        return new SpreadCalibration(
            kept.Length,
            meanError - (slope * meanSpread),
            slope,
            meanError,
            RankCorrelation.Spearman(spreads, errors) ?? 0
        );
    }

    private double Target(int at) => data.Target(data.Crystals[at]);

    private double Predicted(int fold, int at) =>
        scalers[fold].Restore(readings[fold][at].Energy) + data.FromComposition(fold, data.Crystals[at]);

    private double Restore(double learnedValue) => data.Settings.Log ? Math.Exp(learnedValue) : learnedValue;
}
