using Kagome.Evaluation.Regression;
using Kagome.Models;
using MathNet.Numerics.Statistics;

namespace Kagome.Training.Properties;

/// <summary>Compares what the folds say with labels that they did not learn from.</summary>
/// <param name="data">All crystals.</param>
/// <param name="predictions">What each fold says about each crystal, in what is learned.</param>
internal sealed class PropertyTest(PropertyData data, double[][] predictions)
{
    private const int FewestForCalibration = 10;

    public FoldScores Scores(int fold)
    {
        PropertyCrystal[] known = [.. data.Learned.Where(crystal => crystal.IsKnownTo(fold))];
        int[] tested = data.Places(crystal => crystal.HasProperty && crystal.Fold == fold);
        LabelBaselines baselines = new([
            .. known.Select(crystal => new LabelledCrystal(crystal.Cell.Composition, data.Target(crystal))),
        ]);
        LinearModel ridge = data.Composition(fold);
        double[] targets = [.. tested.Select(Target)];
        double[] labels = [.. tested.Select(at => data.Crystals[at].Label)];
        double[] model = [.. tested.Select(at => predictions[fold][at])];
        double[] median = [.. tested.Select(_ => baselines.Median())];
        double[] elements = [.. tested.Select(at => baselines.SameElements(data.Crystals[at].Cell.Composition))];
        double[] composition = [.. tested.Select(at => ridge.Value(data.Crystals[at].Features))];
        RegressionErrors Errors(double[] said) => RegressionErrors.Of(said, targets);
        RegressionErrors InUnit(double[] said) =>
            RegressionErrors.Of([.. said.Select(one => data.Transform.Invert(one))], labels);
        return new FoldScores(
            fold + 1,
            known.Length,
            Errors(model),
            InUnit(model),
            Errors(median),
            InUnit(median),
            Errors(elements),
            Errors(composition),
            InUnit(composition)
        );
    }

    /// <summary>What the spread of the folds says about their error, on the crystals of no fold.</summary>
    /// <returns>Null where these are too few to tell.</returns>
    public SpreadCalibration? Calibration()
    {
        int[] kept = data.Places(crystal => crystal is { HasProperty: true, Fold: null });
        (double Mean, double Spread)[] said =
        [
            .. kept.Select(at => PropertyEnsemble.Together([.. predictions.Select(fold => fold[at])])),
        ];
        return kept.Length < FewestForCalibration
            ? null
            : Calibrate(
                [.. said.Select(pair => pair.Spread)],
                [.. kept.Select((at, place) => Math.Abs(said[place].Mean - Target(at)))]
            );
    }

    /// <summary>Error against spread: a line by least squares that does not fall.</summary>
    internal static SpreadCalibration Calibrate(double[] spreads, double[] errors)
    {
        (double meanSpread, double meanError) = (spreads.Mean(), errors.Mean());
        double variance = spreads.PopulationVariance();
        double steepest = meanSpread > 0 ? meanError / meanSpread : 0; // steeper would expect errors below 0
        double slope = variance > 0 ? Math.Clamp(spreads.PopulationCovariance(errors) / variance, 0, steepest) : 0;
        return new SpreadCalibration(
            spreads.Length,
            meanError - (slope * meanSpread),
            slope,
            meanError,
            RegressionErrors.Of(spreads, errors).Spearman ?? 0
        );
    }

    private double Target(int at) => data.Target(data.Crystals[at]);
}
