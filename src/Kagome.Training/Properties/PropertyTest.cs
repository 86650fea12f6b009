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
        RegressionForest forest = data.Composition(fold);
        double[] targets = [.. tested.Select(Target)];
        double[] labels = [.. tested.Select(at => data.Crystals[at].Label)];
        double[] model = [.. tested.Select(at => predictions[fold][at])];
        double[] median = [.. tested.Select(_ => baselines.Median())];
        double[] elements = [.. tested.Select(at => baselines.SameElements(data.Crystals[at].Cell.Composition))];
        double[] composition = [.. tested.Select(at => forest.Value(data.Crystals[at].Features))];
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

    /// <summary>Error against spread: a line by least squares that does not fall, and how many such errors a range needs; of at least two.</summary>
    internal static SpreadCalibration Calibrate(double[] spreads, double[] errors)
    {
        (double meanSpread, double meanError) = (spreads.Mean(), errors.Mean());
        double variance = spreads.PopulationVariance();
        double steepest = meanSpread > 0 ? meanError / meanSpread : 0; // steeper would expect errors below 0
        double slope = variance > 0 ? Math.Clamp(spreads.PopulationCovariance(errors) / variance, 0, steepest) : 0;
        double offset = meanError - (slope * meanSpread);
        double[] shares = [.. spreads.Zip(errors, (spread, error) => Share(error, offset + (slope * spread)))];
        double[][] halves =
        [
            [.. shares.Where((_, at) => at % 2 == 0)],
            [.. shares.Where((_, at) => at % 2 == 1)],
        ];
        int held = Held(halves[0], by: halves[1]) + Held(halves[1], by: halves[0]);
        return new SpreadCalibration(
            spreads.Length,
            offset,
            slope,
            RangeFactor(shares),
            (double)held / shares.Length,
            meanError,
            RegressionErrors.Of(spreads, errors).Spearman ?? 0
        );

        static int Held(double[] shares, double[] by) => shares.Count(share => share <= RangeFactor(by));
    }

    /// <summary>An error in parts of the one that is expected.</summary>
    private static double Share(double error, double expected) =>
        error == 0 ? 0
        : expected > 0 ? error / expected
        : double.MaxValue;

    /// <summary>The smallest of the shares that holds 80 % of what comes next, these counted (Vovk's conformal prediction); the largest where they are too few.</summary>
    private static double RangeFactor(double[] shares)
    {
        const double Wanted = 0.8;
        int place = (int)Math.Ceiling(Wanted * (shares.Length + 1)) - 1;
        return shares.Order().ElementAt(Math.Min(place, shares.Length - 1));
    }

    private double Target(int at) => data.Target(data.Crystals[at]);
}
