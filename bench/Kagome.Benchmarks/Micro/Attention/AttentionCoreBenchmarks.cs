using BenchmarkDotNet.Attributes;
using Kagome.Networks.Attention;
using Kagome.Networks.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Micro.Attention;

/// <summary>What mixes the atoms of a crystal: kernels of our own against tensor operations.</summary>
public class AttentionCoreBenchmarks
{
    private const int Frequencies = 128;
    private const int Heads = 8;
    private const int Hidden = 384;
    private const int Columns = 784; // 6 per frequency, 10, up to a multiple of 8
    private const int BatchAtoms = 256;

    private IAttentionCore kernels = null!;
    private IAttentionCore tensors = null!;
    private Tensor amplitudes = null!;
    private Tensor projections = null!;

    [Params(8, 20, 52)]
    public int Atoms { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomInputs.UseOneThread();
        CrystalBatch batch = RandomInputs.Batch(BatchAtoms / Atoms, Atoms);
        EdgeGeometry geometry = new(batch.Layout, batch.Coordinates, batch.Lattices, Frequencies);
        (kernels, tensors) = (new KernelCore(geometry), new TensorCore(geometry));
        using Generator generator = new(1);
        amplitudes = 0.01 * rand([Heads, batch.Layout.AtomTotal, Columns], generator: generator);
        projections = rand([batch.Layout.AtomTotal, 3 * Hidden], generator: generator);
    }

    [Benchmark(Baseline = true)]
    public void TensorOperations() => Attend(tensors);

    [Benchmark]
    public void Kernels() => Attend(kernels);

    private void Attend(IAttentionCore core)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _ = core.Attend(amplitudes.clone(), projections);
    }
}
