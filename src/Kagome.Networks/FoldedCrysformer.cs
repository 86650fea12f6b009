using Kagome.Networks.Attention;
using Kagome.Networks.Batches;
using Kagome.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks;

/// <summary>A Crysformer with all done that depends on its weights alone: what evaluates crystals.</summary>
/// <remarks>Safe to use from several threads. Shares the weights that need no folding with the network, which has to outlive it.</remarks>
public sealed class FoldedCrysformer : IDisposable
{
    private readonly AtomEmbedding atomEmbedding;
    private readonly TimeEmbedding timeEmbedding;
    private readonly LinearMap timeFusion;
    private readonly IReadOnlyList<FoldedBlock> blocks;
    private readonly Projection coordinateHead;
    private readonly Projection latticeHead;
    private readonly PredictionHead? energyHead;
    private readonly PredictionHead? typeHead;

    /// <summary>What goes when this goes; empty where a dispose scope has it.</summary>
    private IReadOnlyList<Tensor> owned = [];

    internal FoldedCrysformer(
        CrysformerConfiguration configuration,
        AtomEmbedding atomEmbedding,
        TimeEmbedding timeEmbedding,
        LinearMap timeFusion,
        IReadOnlyList<FoldedBlock> blocks,
        Projection coordinateHead,
        Projection latticeHead,
        PredictionHead? energyHead,
        PredictionHead? typeHead
    )
    {
        Configuration = configuration;
        (this.atomEmbedding, this.timeEmbedding, this.timeFusion) = (atomEmbedding, timeEmbedding, timeFusion);
        this.blocks = blocks;
        (this.coordinateHead, this.latticeHead) = (coordinateHead, latticeHead);
        (this.energyHead, this.typeHead) = (energyHead, typeHead);
    }

    /// <summary>The network's shape.</summary>
    public CrysformerConfiguration Configuration { get; }

    /// <summary>Any of the weights: tells their type and device.</summary>
    public Tensor AnyWeight => coordinateHead.Weight;

    /// <summary>Evaluates crystals of any sizes.</summary>
    public CrysformerOutput Evaluate(CrystalBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        CrystalLayout layout = batch.Layout;
        EdgeGeometry geometry = new(
            layout,
            batch.Coordinates,
            batch.Lattices,
            Configuration.FrequencyCount,
            Configuration.GramScale
        );
        Tensor atoms = Embed(batch);
        foreach (FoldedBlock block in blocks)
        {
            Tensor next = block.Apply(atoms, geometry);
            atoms.Dispose();
            atoms = next;
        }

        Tensor crystals = layout.Mean(atoms);
        Tensor shapes = latticeHead.forward(crystals).view(-1, 3, 3);
        return new CrysformerOutput(
            matmul(shapes, batch.Lattices),
            coordinateHead.forward(atoms),
            crystals,
            energyHead?.forward(crystals).squeeze(-1),
            typeHead?.forward(atoms)
        ).MoveToOuterDisposeScope();
    }

    internal void Own(IReadOnlyList<Tensor> tensors) => owned = tensors;

    /// <summary>Frees what folding made, not the network's weights.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in owned)
        {
            tensor.Dispose();
        }
    }

    /// <summary>W [atom ; time] + b, the time's share once a crystal: [atoms, hidden]</summary>
    private Tensor Embed(CrystalBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor elements = atomEmbedding.forward(batch.AtomicNumbers);
        Tensor waves = timeEmbedding.forward(batch.Times.to(batch.Coordinates.dtype));
        long hidden = elements.shape[1];
        Tensor ofAtoms = timeFusion.Weight.narrow(1, 0, hidden);
        Tensor ofTimes = timeFusion.Weight.narrow(1, hidden, waves.shape[1]);
        Tensor times = nn.functional.linear(waves, ofTimes, timeFusion.Bias!); // [crystals, hidden]
        return (nn.functional.linear(elements, ofAtoms) + batch.Layout.Spread(times)).MoveToOuterDisposeScope();
    }
}
