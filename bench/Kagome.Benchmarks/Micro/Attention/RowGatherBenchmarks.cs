using BenchmarkDotNet.Attributes;
using Kagome.Networks.Attention;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Micro.Attention;

/// <summary>Sums of waves, in the shape of one crystal and head: our kernel against libtorch.</summary>
public class RowGatherBenchmarks
{
    private const int Columns = 768; // sines and cosines of the paper's network

    private Tensor shares = null!;
    private Tensor waves = null!;
    private Tensor sums = null!;

    [Params(8, 20, 52)]
    public int Atoms { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomInputs.UseOneThread();
        using Generator generator = new(1);
        shares = rand([Atoms, Atoms], generator: generator);
        waves = rand([Atoms, Columns], generator: generator);
        sums = empty([Atoms, Columns]);
    }

    [Benchmark(Baseline = true)]
    public void Libtorch() => matmul(shares, waves).Dispose();

    [Benchmark]
    public void Kernel() => RowProducts.Gather(Rows.Of(shares), 1, Rows.Of(waves), Columns, Rows.Of(sums));
}
