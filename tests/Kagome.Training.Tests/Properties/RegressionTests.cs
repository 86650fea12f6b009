using Kagome.Models;
using Kagome.Training.Properties;
using MathNet.Numerics;

namespace Kagome.Training.Tests.Properties;

/// <summary>Ridge regression, logistic regression and the area under the curve against what must come out.</summary>
public sealed class RegressionTests
{
    private const double Loose = 0.05;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Ridge_regression_finds_a_plane_from_many_points_and_passes_over_a_constant_column()
    {
        double[][] rows = Rows(400, columns: 3);
        double[] labels = [.. rows.Select(row => 2 + (3 * row[0]) - row[1])];
        LinearModel model = RidgeRegression.Fit([.. rows.Select(row => row.Append(5).ToArray())], labels, Cancellation);
        Assert.Equal(3, model.Weights[0], Loose);
        Assert.Equal(-1, model.Weights[1], Loose);
        Assert.Equal(0, model.Weights[2], Loose);
        Assert.Equal(0, model.Weights[3]);
        Assert.Equal(2, model.Value([0, 0, 0, 5]), Loose);
    }

    [Fact]
    public void Ridge_regression_of_noise_says_little()
    {
        double[][] rows = Rows(40, columns: 30);
        Random random = new(5);
        double[] labels = [.. rows.Select(_ => random.NextDouble())];
        LinearModel model = RidgeRegression.Fit(rows, labels, Cancellation);
        double spread = rows.Max(model.Value) - rows.Min(model.Value);
        Assert.True(spread < 0.5 * (labels.Max() - labels.Min()), $"{spread}");
    }

    [Fact]
    public void Logistic_regression_tells_two_kinds_apart_and_knows_their_shares()
    {
        double[][] rows = Rows(500, columns: 2);
        Random random = new(9);
        bool[] holds = [.. rows.Select(row => random.NextDouble() < SpecialFunctions.Logistic(4 * row[0]))];
        LinearModel model = LogisticRegression.Fit(rows, holds, penalty: 0.1, Cancellation);
        double share = holds.Average(one => one ? 1.0 : 0.0);
        Assert.Equal(share, rows.Average(row => SpecialFunctions.Logistic(model.Value(row))), 1e-4);
        Assert.InRange(model.Weights[0], 3, 5);
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
        Assert.Throws<OperationCanceledException>(() => RidgeRegression.Fit(rows, [1, 2, 3, 4], cancelled));
        Assert.Throws<OperationCanceledException>(() =>
            LogisticRegression.Fit(rows, [true, false, true, false], penalty: 1, cancelled)
        );
    }

    private static double[][] Rows(int count, int columns)
    {
        Random random = new(3);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => Enumerable.Range(0, columns).Select(_ => (2 * random.NextDouble()) - 1).ToArray()),
        ];
    }
}
