using BenchmarkDotNet.Attributes;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Micro.Models;

/// <summary>A network's evaluation, folded once or in each call, against the literal network.</summary>
public class ForwardBenchmarks
{
    private const int Crystals = 12;

    private Crysformer network = null!;
    private LiteralCrysformer literal = null!;
    private FoldedCrysformer folded = null!;
    private CrystalBatch batch = null!;

    [Params(8, 20)]
    public int Atoms { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomInputs.UseOneThread();
        network = RandomInputs.Network(new CrysformerConfiguration { BlockCount = 2 });
        (literal, folded) = (new LiteralCrysformer(network), network.Fold());
        batch = RandomInputs.Batch(Crystals, Atoms);
    }

    [Benchmark(Baseline = true)]
    public void Literal()
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _ = literal.Evaluate(
            batch.AtomicNumbers.view(Crystals, Atoms),
            batch.Coordinates.view(Crystals, Atoms, 3),
            batch.Lattices,
            batch.Times
        );
    }

    [Benchmark]
    public void Folded()
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _ = folded.Evaluate(batch);
    }

    [Benchmark]
    public void FoldedInEachCall()
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _ = network.Evaluate(batch);
    }
}
