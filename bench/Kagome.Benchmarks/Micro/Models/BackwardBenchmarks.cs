using BenchmarkDotNet.Attributes;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Micro.Models;

/// <summary>Gradients of all weights: crystals of one size, crystals of several, and the literal network.</summary>
public class BackwardBenchmarks
{
    private const int Crystals = 4;

    private Crysformer network = null!;
    private LiteralCrysformer literal = null!;
    private CrystalBatch batch = null!;
    private CrystalBatch mixed = null!;

    [Params(8, 20)]
    public int Atoms { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        RandomInputs.UseOneThread();
        network = RandomInputs.Network(new CrysformerConfiguration { BlockCount = 2 });
        literal = new LiteralCrysformer(network);
        batch = RandomInputs.Batch(Crystals, Atoms);
        mixed = batch with { Layout = new CrystalLayout([Atoms - 2, Atoms + 2, Atoms - 1, Atoms + 1]) };
    }

    [Benchmark(Baseline = true)]
    public void Literal()
    {
        using DisposeScope scope = NewDisposeScope();
        Backward(
            literal.Evaluate(
                batch.AtomicNumbers.view(Crystals, Atoms),
                batch.Coordinates.view(Crystals, Atoms, 3),
                batch.Lattices,
                batch.Times
            )
        );
    }

    [Benchmark]
    public void OneSize()
    {
        using DisposeScope scope = NewDisposeScope();
        Backward(network.Evaluate(batch));
    }

    [Benchmark]
    public void SeveralSizes()
    {
        using DisposeScope scope = NewDisposeScope();
        Backward(network.Evaluate(mixed));
    }

    private static void Backward(CrysformerOutput output) =>
        (output.Coordinates.square().mean() + output.Lattices.square().mean()).backward();
}
