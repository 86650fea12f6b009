using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Training.Data;
using Kagome.Training.Properties;
using Kagome.Training.Tasks;

namespace Kagome.Training.Tests.Properties;

/// <summary>What folds learn from and how they are tested, on labels that were made up.</summary>
public sealed class CrossValidationTests
{
    private const double Rounding = 1e-9;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly PropertySettings TwoFolds = new()
    {
        Label = "x",
        Folds = 2,
        FromComposition = true,
    };

    [Fact]
    public void TrainingSet_of_a_fold_holds_nothing_that_the_fold_is_tested_on_or_that_is_kept()
    {
        PropertyCrystal[] crystals = Salts(
            30,
            at => at % 5 == 4 ? null : at % 2,
            at => at,
            hasProperty: at => at % 7 != 0
        );
        PropertyData data = new(TwoFolds, crystals);
        for (int fold = 0; fold < 2; fold++)
        {
            TrainingSet set = data.TrainingSet(fold);
            string[] learned = [.. set.Ids(new BatchIndices([.. Enumerable.Range(0, set.Count)]))];
            Assert.Equal(
                crystals
                    .Where(crystal => crystal.HasProperty && crystal.Fold == 1 - fold)
                    .Select(crystal => crystal.Id),
                learned
            );
        }
    }

    [Fact]
    public void Composition_of_a_fold_does_not_know_the_labels_that_it_is_tested_on()
    {
        PropertyData data = new(TwoFolds, Salts(30, at => at % 3 == 2 ? null : at % 3, at => at));
        PropertyData other = new(TwoFolds, Salts(30, at => at % 3 == 2 ? null : at % 3, at => at % 3 == 1 ? at : -99));
        Assert.Equivalent(data.Composition(0), other.Composition(0), strict: true); // learned from fold 1 alone
        Assert.NotEqual(data.Composition(1).Bias, other.Composition(1).Bias);
    }

    [Fact]
    public void Scores_of_the_median_are_exact()
    {
        double[] labels = [1, 2, 4, 8, 100]; // fold 1 knows those in odd places, 2 and 8, and is tested on 1, 4 and 100
        PropertyCrystal[] crystals = Salts(5, at => at % 2, at => labels[at]);
        FoldScores scores = new PropertyTest(new PropertyData(TwoFolds, crystals), Constant(crystals, 5)).Scores(0);
        Assert.Equal((1, 2, 3), (scores.Fold, scores.LearnedFrom, scores.Median.Count));
        Assert.Equal((4 + 1 + 95) / 3.0, scores.Median.MeanAbsoluteError, Rounding);
        Assert.Equal(scores.Median.MeanAbsoluteError, scores.Model.MeanAbsoluteError, Rounding); // it says 5, too
    }

    [Fact]
    public void Scores_of_a_fold_are_of_what_its_own_network_says_about_the_crystals_that_it_is_tested_on()
    {
        double[] labels = [1, 2, 4, 8, 100]; // fold 0 is tested on 1, 4 and 100, fold 1 on 2 and 8
        PropertyCrystal[] crystals = Salts(5, at => at % 2, at => labels[at]);
        double[][] said =
        [
            [2, -50, 6, -50, 103],
            [-50, 12, -50, 28, -50],
        ];
        PropertyTest test = new(new PropertyData(TwoFolds, crystals), said);
        Assert.Equal((3, 2.0), (test.Scores(0).Model.Count, test.Scores(0).Model.MeanAbsoluteError));
        Assert.Equal((2, 15.0), (test.Scores(1).Model.Count, test.Scores(1).Model.MeanAbsoluteError));
        Assert.Equal((2, 3), (test.Scores(0).LearnedFrom, test.Scores(1).LearnedFrom));
    }

    [Fact]
    public void Scores_of_logarithms_are_in_both_units()
    {
        PropertyCrystal[] crystals = Salts(6, at => at % 2, _ => Math.E);
        PropertyData data = new(TwoFolds with { Log = true }, crystals);
        FoldScores scores = new PropertyTest(data, Constant(crystals, 0)).Scores(1);
        Assert.Equal(1, scores.Model.MeanAbsoluteError, Rounding);
        Assert.Equal(Math.E - 1, scores.ModelInUnit.MeanAbsoluteError, Rounding);
        Assert.Equal(0, scores.MedianInUnit.MeanAbsoluteError, Rounding);
    }

    [Fact]
    public void Scores_of_labels_that_follow_from_the_composition_are_far_better_than_those_of_the_median()
    {
        PropertyCrystal[] crystals = Salts(80, at => at % 2, at => 3 + ElementData.All[at].AtomicMass);
        FoldScores scores = new PropertyTest(new PropertyData(TwoFolds, crystals), Constant(crystals, 0)).Scores(0);
        Assert.InRange(scores.Composition.MeanAbsoluteError, 0, 0.2 * scores.Median.MeanAbsoluteError);
        Assert.InRange(scores.Composition.Spearman!.Value, 0.97, 1);
    }

    [Theory]
    [InlineData(2, 0.1, 2, 0.1)]
    [InlineData(-1, 3, 0, 1)] // the more they differ, the smaller the error: by chance, and not believed
    [InlineData(0, 0.5, 0, 0.5)]
    [InlineData(2, -1, 1.5, 0)] // no line expects errors below 0
    public void Calibrate_finds_the_line_of_errors_and_spreads(double slope, double offset, double found, double at0)
    {
        double[] spreads = [1, 2, 3, 2, 2];
        SpreadCalibration line = PropertyTest.Calibrate(spreads, [.. spreads.Select(s => offset + (slope * s))]);
        Assert.Equal(found, line.Slope, Rounding);
        Assert.Equal(at0, line.Offset, Rounding);
        Assert.Equal(Math.Sign(slope), line.Spearman, Rounding);
        Assert.Equal(line.MeanAbsoluteError, line.ExpectedError(2), Rounding);
    }

    [Fact]
    public void Calibrate_without_any_spread_expects_the_mean_error() =>
        Assert.Equal(new SpreadCalibration(3, 2, 0, 2, 0), PropertyTest.Calibrate([1, 1, 1], [1, 2, 3]));

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Calibration_is_of_the_crystals_of_no_fold_where_there_are_ten(int kept, bool isThere)
    {
        PropertyCrystal[] crystals = Salts(kept + 4, at => at < kept ? null : at % 2, _ => 2);
        double[][] predictions = [.. new[] { 1.0, 5.0 }.Select(value => Constant(crystals, value)[0])];
        SpreadCalibration? found = new PropertyTest(new PropertyData(TwoFolds, crystals), predictions).Calibration();
        Assert.Equal(isThere, found is not null);
        Assert.Equal(isThere ? kept : null, found?.Crystals);
        Assert.Equal(isThere ? 1.0 : null, found?.MeanAbsoluteError); // they say 1 and 5 where it is 2
    }

    [Fact]
    public void Occurrence_by_features_that_tell_it_is_right_and_by_noise_is_chance()
    {
        PropertyCrystal[] crystals = Salts(60, at => at % 2, at => at, hasProperty: at => at / 2 % 2 == 0);
        PropertyData data = new(TwoFolds, crystals);
        double[][] telling = [.. crystals.Select(crystal => new[] { crystal.HasProperty ? 1.0 : -1, 7 })];
        OccurrenceScores scores = OccurrenceTest.Of(data, [telling, telling], Cancellation)!.Scores;
        Assert.Equal((60, 0.5, 1.0, 1.0), (scores.Crystals, scores.BaseRate, scores.Accuracy, scores.AreaUnderCurve));
        double[][] silent = [.. crystals.Select(_ => new[] { 1.0, 7 })];
        Assert.Equal(0.5, OccurrenceTest.Of(data, [silent, silent], Cancellation)!.Scores.AreaUnderCurve);
    }

    [Fact]
    public void Occurrence_where_a_fold_knows_crystals_of_one_kind_only_is_none()
    {
        PropertyCrystal[] crystals = Salts(8, at => at % 2, at => at, hasProperty: at => at % 2 == 0);
        double[][] features = [.. crystals.Select(_ => new[] { 1.0 })];
        Assert.Null(OccurrenceTest.Of(new PropertyData(TwoFolds, crystals), [features, features], Cancellation));
    }

    private static double[][] Constant(PropertyCrystal[] crystals, double value) =>
        [.. Enumerable.Repeat(crystals.Select(_ => value).ToArray(), 2)];

    /// <summary>A cell of oxygen and each element in turn.</summary>
    private static PropertyCrystal[] Salts(
        int count,
        Func<int, int?> fold,
        Func<int, double> label,
        Func<int, bool>? hasProperty = null
    ) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(at => new PropertyCrystal(
                    $"salt-{at}",
                    new Structure(
                        Lattice.Cubic(4),
                        [new Site(new Element(at + 1), new Fractional(0, 0, 0)), TestCrystals.Site("Og", 0.5, 0.5, 0.5)]
                    ),
                    label(at),
                    hasProperty?.Invoke(at) ?? true,
                    fold(at)
                )),
        ];
}
