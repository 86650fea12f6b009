using BenchmarkDotNet.Attributes;
using Kagome.Networks.Attention;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Micro.Attention;

/// <summary>Amplitudes times waves, in the shape of one crystal and head: our kernel against libtorch.</summary>
public class RowDotBenchmarks
{
    private const int Columns = 768; // sines and cosines of the paper's network

    private Tensor amplitudes = null!;
    private Tensor waves = null!;
    private Tensor pairs = null!;

    [Params(8, 20, 52)]
    public int Atoms { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomInputs.UseOneThread();
        using Generator generator = new(1);
        amplitudes = rand([Atoms, Columns], generator: generator);
        waves = rand([Atoms, Columns], generator: generator);
        pairs = empty([Atoms, Atoms]);
    }

    [Benchmark(Baseline = true)]
    public void Libtorch() => matmul(amplitudes, waves.t()).Dispose();

    [Benchmark]
    public void Kernel() => RowProducts.Dot(Rows.Of(amplitudes), Rows.Of(waves), Columns, Rows.Of(pairs));
}
