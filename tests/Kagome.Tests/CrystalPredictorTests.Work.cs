using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.Tests;

/// <summary>Progress, cancellation, failures, journals and threads.</summary>
public sealed partial class CrystalPredictorTests
{
    [Fact]
    public async Task PredictAsync_reports_all_of_its_work_and_never_more()
    {
        List<WorkProgress> reports = [];
        PredictionPlan plan = predictor.Plan("NaCl", Quick, cancellation: TestContext.Current.CancellationToken);
        await predictor.PredictAsync(plan, new Reports(reports.Add), cancellation: TestCancellation);
        Assert.All(reports, report => Assert.Equal(("NaCl", plan.Work), (report.Task, report.Total)));
        Assert.Equal(reports.OrderBy(report => report.Done), reports);
        Assert.Equal(plan.Work, reports[^1].Done);
    }

    [Fact]
    public async Task PredictAsync_whose_progress_handler_throws_ends_with_that_and_can_be_used_again()
    {
        Prediction expected = await Predict("NaCl");
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            predictor.PredictAsync(
                "NaCl",
                Quick,
                new Reports(_ => throw new InvalidOperationException("full")),
                TestCancellation
            )
        );
        Assert.Equal("full", exception.Message);
        Assert.Equal(Numbers(expected), Numbers(await Predict("NaCl")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public async Task PredictAsync_cancelled_at_any_moment_stops_and_can_be_used_again(int report)
    {
        Prediction expected = await Predict("NaCl");
        using CancellationTokenSource cancellation = new();
        int count = 0;
        if (report == 0)
        {
            await cancellation.CancelAsync();
        }

        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            predictor.PredictAsync(
                "NaCl",
                Quick with
                {
                    Samples = 100,
                    Sampler = new SamplerOptions { Steps = 20 },
                },
                new Reports(_ =>
                {
                    if (Interlocked.Increment(ref count) == report)
                    {
                        cancellation.Cancel();
                    }
                }),
                cancellation.Token
            )
        );
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.Equal(Numbers(expected), Numbers(await Predict("NaCl")));
    }

    [Fact]
    public async Task PredictAsync_a_hundred_times_from_ten_threads_is_right_and_leaves_no_tensors()
    {
        string[] formulas = ["NaCl", "MgO", "SrTiO3", "TiO2", "GaAs"];
        Dictionary<string, double[]> expected = [];
        foreach (string formula in formulas)
        {
            expected[formula] = Numbers(await Predict(formula));
        }

        long before = LiveTensors();
        await Parallel.ForAsync(
            0,
            100,
            new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = TestCancellation },
            async (number, stop) =>
            {
                string formula = formulas[number % formulas.Length];
                Prediction prediction = await predictor.PredictAsync(formula, Quick, cancellation: stop);
                Assert.Equal(expected[formula], Numbers(prediction));
            }
        );
        Assert.Equal(before, LiveTensors(collects: false));
    }

    [Fact]
    public async Task PredictAsync_with_a_journal_goes_on_after_a_failure_and_comes_to_the_same()
    {
        using TemporaryFolder folder = new();
        PredictionOptions options = Quick with
        {
            Samples = 100,
            Sampler = new SamplerOptions { Steps = 5 },
        };
        PredictionPlan plan = predictor.Plan("NaCl", options, cancellation: TestContext.Current.CancellationToken);
        Prediction expected = await predictor.PredictAsync(plan, cancellation: TestCancellation);
        string journals = folder["units"];
        long half = plan.Work / 2;
        await Assert.ThrowsAsync<IOException>(() =>
            predictor.PredictAsync(
                plan,
                new Reports(report => _ = report.Done > half ? throw new IOException("killed") : 0),
                TestCancellation,
                journals
            )
        );
        string journal = Assert.Single(Directory.GetFiles(journals));
        int kept = File.ReadLines(journal).Count() - 1;
        Assert.InRange(kept, 1, plan.Units.Count - 1);
        await File.AppendAllTextAsync(journal, "{\"unit\":0,\"res", TestCancellation); // as a kill leaves it
        List<WorkProgress> reports = [];
        Prediction resumed = await predictor.PredictAsync(plan, new Reports(reports.Add), TestCancellation, journals);
        Assert.Equal(Numbers(expected), Numbers(resumed));
        Assert.True(reports[0].Done > plan.Units.Take(kept).Min(unit => unit.AtomCount));
        Assert.Equal(plan.Work, reports[^1].Done);
        Assert.Equal(plan.Units.Count + 1, File.ReadLines(journal).Count());
        await predictor.PredictAsync(
            predictor.Plan("NaCl", Quick with { Seed = 2 }, cancellation: TestContext.Current.CancellationToken),
            null,
            TestCancellation,
            journals
        );
        Assert.Equal(2, Directory.GetFiles(journals).Length);
    }

    [Fact]
    public async Task MergeAsync_of_units_from_other_processes_in_any_order_is_the_prediction()
    {
        PredictionPlan plan = predictor.Plan(
            "SrTiO3",
            Quick with
            {
                Samples = 60,
            },
            cancellation: TestContext.Current.CancellationToken
        );
        using CrystalPredictor other = models.Predictor();
        PredictionPlan samePlan = other.Plan(
            "SrTiO3",
            Quick with
            {
                Samples = 60,
            },
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(plan.Fingerprint, samePlan.Fingerprint);
        List<PredictionUnitResult> results = [];
        for (int unit = plan.Units.Count - 1; unit >= 0; unit--)
        {
            PredictionUnitResult result = await other.RunUnitAsync(samePlan, unit, TestCancellation);
            results.Add(JsonText.Parse<PredictionUnitResult>(JsonText.Line(result)));
        }

        Prediction merged = await predictor.MergeAsync(plan, results, TestCancellation);
        Prediction expected = await predictor.PredictAsync(plan, cancellation: TestCancellation);
        Assert.Equal(Numbers(expected), Numbers(merged));
        Assert.Equal(expected.Origin, merged.Origin);
        await Assert.ThrowsAsync<InputException>(() => predictor.MergeAsync(plan, results.Skip(1), TestCancellation));
        await Assert.ThrowsAsync<InputException>(() => predictor.RunUnitAsync(plan, -1, TestCancellation));
    }

    [Fact]
    public async Task PredictAsync_after_dispose_is_refused()
    {
        CrystalPredictor other = models.Predictor();
        await other.PredictAsync("NaCl", Quick, cancellation: TestCancellation);
        other.Dispose();
        ObjectDisposedException gone = await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            other.PredictAsync("NaCl", Quick, cancellation: TestCancellation)
        );
        Assert.Equal(typeof(CrystalPredictor).FullName, gone.ObjectName);
    }

    [Fact]
    public async Task Plan_after_dispose_is_refused_and_so_is_what_was_planned_before()
    {
        CrystalPredictor other = models.Predictor();
        PredictionPlan plan = other.Plan("NaCl", Quick, cancellation: TestContext.Current.CancellationToken);
        other.Dispose();
        ObjectDisposedException[] all =
        [
            Assert.Throws<ObjectDisposedException>(() =>
                other.Plan("NaCl", Quick, cancellation: TestContext.Current.CancellationToken)
            ),
            await Assert.ThrowsAsync<ObjectDisposedException>(() =>
                other.PredictAsync(plan, cancellation: TestCancellation)
            ),
            await Assert.ThrowsAsync<ObjectDisposedException>(() => other.RunUnitAsync(plan, 0, TestCancellation)),
            await Assert.ThrowsAsync<ObjectDisposedException>(() => other.MergeAsync(plan, [], TestCancellation)),
        ];
        Assert.All(all, gone => Assert.Equal(typeof(CrystalPredictor).FullName, gone.ObjectName));
    }

    [Fact]
    public async Task Dispose_while_predicting_ends_the_work()
    {
        CrystalPredictor other = models.Predictor();
        using ManualResetEventSlim begun = new();
        Task<Prediction> work = other.PredictAsync(
            "NaCl",
            Quick with
            {
                Samples = 200,
            },
            new Reports(_ => begun.Set()),
            TestCancellation
        );
        begun.Wait(TestCancellation);
        other.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }
}
