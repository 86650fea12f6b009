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
        Assert.Equal(data.Composition(0).Values, other.Composition(0).Values); // learned from fold 1 alone
        Assert.NotEqual(data.Composition(1).Values, other.Composition(1).Values);
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
        Assert.Equal(new SpreadCalibration(3, 2, 0, 1.5, 2 / 3.0, 2, 0), PropertyTest.Calibrate([1, 1, 1], [1, 2, 3]));

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

    /// <summary>Four of five of errors that were never seen, where they grow with the spread.</summary>
    [Fact]
    public void Calibrate_ranges_hold_four_of_five()
    {
        Random random = new(4);
        (double[] spreads, double[] errors) = Draw(400);
        SpreadCalibration found = PropertyTest.Calibrate(spreads, errors);
        Assert.Equal(0.8, found.Coverage, 0.05);
        (spreads, errors) = Draw(4000);
        Assert.Equal(
            0.8,
            spreads
                .Zip(errors, (spread, error) => error <= found.RangeFactor * found.ExpectedError(spread) ? 1.0 : 0)
                .Average(),
            0.05
        );

        (double[], double[]) Draw(int count)
        {
            double[] wide = [.. Enumerable.Range(0, count).Select(_ => 1 + random.NextDouble())];
            return (wide, [.. wide.Select(spread => -spread * Math.Log(random.NextDouble()))]);
        }
    }

    [Fact]
    public void Calibrate_of_ten_errors_takes_the_ninth_for_the_range_of_the_next_one() =>
        Assert.Equal(
            9 / 5.5,
            PropertyTest.Calibrate(Ones, [.. Ones.Select((_, at) => at + 1.0)]).RangeFactor,
            Rounding
        );

    private static double[] Ones { get; } = [.. Enumerable.Repeat(1.0, 10)];

    /// <summary>What a network learns must be what is not known of a formula: trees say of a label that they have seen just that label.</summary>
    [Fact]
    public void TrainingSet_of_what_the_composition_leaves_over_is_of_trees_that_did_not_see_the_formula()
    {
        Random random = new(2);
        PropertyCrystal[] crystals = Salts(60, at => at % 2, _ => random.NextDouble());
        PropertyData data = new(TwoFolds, crystals);
        TrainingSet set = data.TrainingSet(0);
        double left = set.Labels.Average(Math.Abs);
        double seen = crystals
            .Where(crystal => crystal.IsKnownTo(0))
            .Average(crystal => Math.Abs(crystal.Label - data.FromComposition(0, crystal)));
        Assert.True(left > 1.5 * seen, $"{left} {seen}");
    }

    [Fact]
    public void Occurrence_that_the_composition_tells_is_right_and_that_is_noise_is_chance()
    {
        PropertyCrystal[] heavy = Salts(100, at => at % 2, at => at, hasProperty: at => at >= 50);
        OccurrenceScores scores = OccurrenceTest.Of(new PropertyData(TwoFolds, heavy), Cancellation)!.Scores;
        Assert.Equal((100, 0.5), (scores.Crystals, scores.BaseRate));
        Assert.InRange(scores.Accuracy, 0.95, 1);
        Assert.InRange(scores.AreaUnderCurve, 0.99, 1);
        Random random = new(6);
        PropertyCrystal[] noise = Salts(100, at => at % 2, at => at, hasProperty: _ => random.Next(2) == 0);
        Assert.InRange(
            OccurrenceTest.Of(new PropertyData(TwoFolds, noise), Cancellation)!.Scores.AreaUnderCurve,
            0.3,
            0.7
        );
    }

    [Fact]
    public void Occurrence_of_a_fold_does_not_know_the_answers_that_it_is_tested_on()
    {
        OccurrenceTest Of(Func<int, bool> hasProperty) =>
            OccurrenceTest.Of(
                new PropertyData(TwoFolds, Salts(40, at => at % 2, at => at, hasProperty)),
                Cancellation
            )!;
        (OccurrenceTest one, OccurrenceTest other) = (
            Of(at => at % 4 < 2),
            Of(at => at % 2 == 0 ? at > 9 : at % 4 < 2)
        );
        Assert.Equal(one.Forests[0].Values, other.Forests[0].Values); // learned from fold 1 alone
        Assert.NotEqual(one.Forests[1].Values, other.Forests[1].Values);
    }

    [Fact]
    public void Occurrence_where_a_fold_knows_crystals_of_one_kind_only_is_none()
    {
        PropertyCrystal[] crystals = Salts(8, at => at % 2, at => at, hasProperty: at => at % 2 == 0);
        Assert.Null(OccurrenceTest.Of(new PropertyData(TwoFolds, crystals), Cancellation));
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
