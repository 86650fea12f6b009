namespace Kagome.Evaluation.Tests;

public sealed class BenchmarkTests
{
    [Theory]
    [InlineData("data/perov5.jsonl.gz", "perov-5")]
    [InlineData("Carbon_24/", "carbon-24")]
    [InlineData("mp20-val.jsonl", "mp-20")]
    [InlineData("MPTS-52_test.csv", "mpts-52")]
    [InlineData("mine.csv", null)]
    [InlineData("mp20/test.csv", null)]
    public void OfFile_tells_the_benchmark_by_the_name(string path, string? benchmark) =>
        Assert.Equal(benchmark, Benchmark.OfFile(path));
}
