using Kagome.Networks;
using Kagome.Networks.Layers;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Benchmarks;

/// <summary>A network in both forms for every worker: folded weights are shared, those that gather gradients are not.</summary>
internal sealed class WorkerNetworks : IDisposable
{
    private readonly Crysformer[] networks;
    private readonly LiteralCrysformer[] literals;
    private readonly FoldedCrysformer folded;

    /// <param name="create">Makes one and the same network.</param>
    /// <param name="count">Of workers.</param>
    /// <param name="precision">Of the product's large products; the literal form has the weights' type.</param>
    public WorkerNetworks(Func<ProductPrecision, Crysformer> create, int count, ProductPrecision precision)
    {
        networks = [.. Enumerable.Range(0, count).Select(_ => create(precision))];
        literals = [.. networks.Select(network => new LiteralCrysformer(network))];
        folded = networks[0].Fold();
    }

    /// <summary>One a worker.</summary>
    public IReadOnlyList<Crysformer> All => networks;

    /// <summary>Evaluates crystals as a sampler does, without gradients.</summary>
    /// <returns>The number of crystals.</returns>
    public double Forward(int worker, NetworkForm form, BenchmarkBatch batch)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _ = form == NetworkForm.Product ? folded.Evaluate(batch.Batch) : Literal(worker, batch);
        return batch.CrystalCount;
    }

    /// <summary>Adds gradients to the worker's own weights, as training does.</summary>
    /// <returns>The number of crystals.</returns>
    public double Train(int worker, NetworkForm form, BenchmarkBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        CrysformerOutput output =
            form == NetworkForm.Product ? networks[worker].Evaluate(batch.Batch) : Literal(worker, batch);
        Tensor loss = output.Coordinates.square().mean() + output.Lattices.square().mean();
        loss.backward();
        return batch.CrystalCount;
    }

    private CrysformerOutput Literal(int worker, BenchmarkBatch batch) =>
        literals[worker]
            .Evaluate(batch.AtomicNumbers, batch.State.Coordinates, batch.State.Lattices, batch.Batch.Times);

    public void Dispose()
    {
        folded.Dispose();
        Array.ForEach(networks, network => network.Dispose());
    }
}
