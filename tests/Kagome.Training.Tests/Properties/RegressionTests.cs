using Kagome.Models;
using Kagome.Training.Properties;

namespace Kagome.Training.Tests.Properties;

/// <summary>Trees and the area under the curve against what must come out.</summary>
public sealed class RegressionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Forest_says_what_it_learned_from_where_labels_follow_from_a_feature()
    {
        double[][] rows = Rows(600, columns: 4);
        double[] labels = [.. rows.Select(Label)];
        RegressionForest forest = ForestTraining.Fit(rows, labels, seed: 1, Cancellation);
        double[][] others = Rows(200, columns: 4, seed: 8);
        double error = others.Average(row => Math.Abs(forest.Value(row) - Label(row)));
        double ofMean = others.Average(row => Math.Abs(labels.Average() - Label(row)));
        Assert.InRange(error, 0, 0.45 * ofMean);

        static double Label(double[] row) => row[2] > 0 ? 3 + row[0] : -row[0];
    }

    [Fact]
    public void Forest_of_noise_says_little()
    {
        double[][] rows = Rows(400, columns: 10);
        Random random = new(5);
        RegressionForest forest = ForestTraining.Fit(rows, [.. rows.Select(_ => random.NextDouble())], 1, Cancellation);
        double[] said = [.. Rows(100, columns: 10, seed: 8).Select(forest.Value)];
        Assert.InRange(said.Max() - said.Min(), 0, 0.5);
    }

    [Fact]
    public void Forest_stays_within_the_labels_and_a_leaf_holds_two_of_them()
    {
        double[][] rows = Rows(41, columns: 2);
        double[] labels = [.. rows.Select((_, at) => (double)at)];
        RegressionForest forest = ForestTraining.Fit(rows, labels, seed: 1, Cancellation);
        float[] leaves = [.. forest.Values.Where((_, node) => forest.Features[node] == RegressionForest.Leaf)];
        Assert.Equal(0.5, leaves.Min(), 1.0); // the mean of two at least
        Assert.InRange(leaves.Min(), 0.5f, 40);
        Assert.InRange(leaves.Max(), 0, 39.5f);
        Assert.All(
            [
                [-9, -9],
                [9, 9],
            ],
            (double[] far) => Assert.InRange(forest.Value(far), 0.5, 39.5)
        );
        int perTree = leaves.Length / forest.Roots.Length;
        Assert.InRange(perTree, 11, 20);
    }

    [Fact]
    public void Forest_of_the_same_seed_is_the_same_and_of_another_is_not()
    {
        double[][] rows = Rows(50, columns: 3);
        double[] labels = [.. rows.Select(row => row[0])];
        RegressionForest first = ForestTraining.Fit(rows, labels, seed: 1, Cancellation);
        Assert.Equal(first.Values, ForestTraining.Fit(rows, labels, seed: 1, Cancellation).Values);
        Assert.NotEqual(first.Values, ForestTraining.Fit(rows, labels, seed: 2, Cancellation).Values);
        // trees differ, too: else a forest would be a tree
        Assert.InRange(first.Roots.Select(root => first.Values[root]).Distinct().Count(), 90, first.Roots.Length);
    }

    [Fact]
    public void Forest_of_one_example_or_of_equal_ones_says_their_mean()
    {
        Assert.Equal(
            7,
            ForestTraining
                .Fit(
                    [
                        [1, 2],
                    ],
                    [7],
                    seed: 1,
                    Cancellation
                )
                .Value([5, 5])
        );
        double[][] equal = [.. Enumerable.Repeat(new double[] { 1, 2 }, 8)];
        Assert.Equal(
            3.5,
            ForestTraining.Fit(equal, [.. equal.Select((_, at) => (double)at)], 1, Cancellation).Value([9, 9])
        );
    }

    [Fact]
    public void Forest_of_many_examples_grows_its_leaves_in_place_of_its_file()
    {
        double[][] rows = Rows(5000, columns: 2);
        RegressionForest forest = ForestTraining.Fit(rows, [.. rows.Select(row => row[0])], seed: 1, Cancellation);
        int leaves = forest.Features.Count(feature => feature == RegressionForest.Leaf);
        Assert.InRange(leaves / forest.Roots.Length, 200, 512);
    }

    [Fact]
    public void Area_under_the_curve_is_the_share_of_pairs_in_the_right_order()
    {
        double[] scores = [0.1, 0.4, 0.4, 0.8, 0.3];
        bool[] holds = [false, true, false, true, false];
        double pairs = (1 + 0.5 + 1 + 1 + 1 + 1) / 6; // 0.4 against 0.1, 0.4, 0.3; 0.8 against all
        Assert.Equal(pairs, AreaUnderCurve.Of(scores, holds), 12);
        Assert.Equal(0.5, AreaUnderCurve.Of([1, 1, 1, 1, 1], holds), 12);
    }

    [Fact]
    public void Fit_that_is_cancelled_stops()
    {
        CancellationToken cancelled = new(canceled: true);
        double[][] rows = Rows(4, columns: 2);
        Assert.Throws<OperationCanceledException>(() => ForestTraining.Fit(rows, [1, 2, 3, 4], seed: 1, cancelled));
    }

    private static double[][] Rows(int count, int columns, int seed = 3)
    {
        Random random = new(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => Enumerable.Range(0, columns).Select(_ => (2 * random.NextDouble()) - 1).ToArray()),
        ];
    }
}
