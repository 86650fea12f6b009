using Kagome.Evaluation;
using Kagome.Reports.Published;

namespace Kagome.Reports.Tests;

public sealed class PublishedResultsTests
{
    [Fact]
    public void All_results_are_of_known_benchmarks_and_plausible() =>
        Assert.All(
            PublishedResults.All,
            result =>
            {
                Assert.Contains(result.Benchmark, Benchmark.Names);
                Assert.InRange(result.MatchRate, 1, 100);
                Assert.InRange(result.Rmse ?? 0.1, 0.01, 0.5);
                Assert.NotEmpty(result.Source);
            }
        );

    [Theory]
    [InlineData("perov-5", 1, 52.02, 0.0760)]
    [InlineData("perov-5", 20, 98.60, 0.0128)]
    [InlineData("carbon-24", 1, 17.54, 0.2759)]
    [InlineData("mp-20", 1, 51.49, 0.0631)]
    [InlineData("mpts-52", 20, 34.02, 0.1749)]
    public void Of_gives_what_DiffCSP_reports(string benchmark, int samples, double rate, double rmse)
    {
        PublishedResult result = Assert.Single(
            PublishedResults.Of(benchmark, samples),
            result => result.Model == "DiffCSP" && result.Remark.Length == 0
        );
        Assert.Equal((rate, rmse), (result.MatchRate, result.Rmse));
    }

    [Fact]
    public void Of_gives_the_best_first()
    {
        IReadOnlyList<PublishedResult> results = PublishedResults.Of("mp-20", 1);
        Assert.Equal(results.OrderByDescending(result => result.MatchRate), results);
    }
}
