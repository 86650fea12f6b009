using BenchmarkDotNet.Attributes;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

namespace Kagome.Benchmarks.Micro.Matching;

/// <summary>A crystal compared with others: all reduced before, or each pair anew.</summary>
public class MatcherBenchmarks
{
    private const int Count = 8;

    private readonly StructureMatcher matcher = new(MatcherOptions.Csp);
    private Structure[] crystals = [];
    private PreparedStructure[] prepared = [];

    [Params(4, 12)]
    public int Atoms { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        crystals = RandomInputs.Crystals(Count, Atoms);
        prepared = [.. crystals.Select(crystal => PreparedStructure.Of(crystal))];
    }

    [Benchmark(Baseline = true)]
    public int EachPairAnew() => crystals.Count(crystal => matcher.Compare(crystals[0], crystal).IsMatch);

    [Benchmark]
    public int ReducedBefore() => prepared.Count(crystal => matcher.Compare(prepared[0], crystal).IsMatch);
}
