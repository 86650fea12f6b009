using Kagome.Networks.Attention;
using Kagome.Networks.Batches;
using Kagome.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Models;

/// <summary>A Crysformer with all done that depends on its weights alone: what evaluates crystals.</summary>
/// <remarks>Safe to use from several threads. Shares the weights that need no folding with the network, which has to outlive it.</remarks>
public sealed record FoldedCrysformer : IDisposable
{
    private readonly AtomEmbedding atomEmbedding;
    private readonly TimeEmbedding timeEmbedding;
    private readonly LinearMap timeFusion;
    private readonly IReadOnlyList<FoldedBlock> blocks;
    private readonly Projection coordinateHead;
    private readonly Projection latticeHead;
    private readonly PredictionHead? energyHead;
    private readonly PredictionHead? typeHead;

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

    public CrysformerConfiguration Configuration { get; }

    /// <summary>What goes when this goes; empty where a dispose scope has it.</summary>
    internal IReadOnlyList<Tensor> Owned { get; init; } = [];

    /// <summary>Evaluates a batch of crystals of one size.</summary>
    /// <param name="atomicNumbers">[crystals, atoms], int64</param>
    /// <param name="coordinates">[crystals, atoms, 3], fractional; any real numbers</param>
    /// <param name="lattices">[crystals, 3, 3], rows a, b, c in Å</param>
    /// <param name="times">[crystals], the noise level; 0 for clean crystals</param>
    public CrysformerOutput Evaluate(Tensor atomicNumbers, Tensor coordinates, Tensor lattices, Tensor times)
    {
        using DisposeScope scope = NewDisposeScope();
        (long crystals, long atoms) = (coordinates.shape[0], coordinates.shape[1]);
        CrystalLayout layout = CrystalLayout.Uniform(crystals, atoms);
        CrysformerOutput output = Evaluate(
            new CrystalBatch(layout, atomicNumbers.flatten(), coordinates.reshape(-1, 3), lattices, times)
        );
        CrysformerOutput shaped = output with
        {
            Coordinates = output.Coordinates.view(crystals, atoms, 3),
            TypeLogits = output.TypeLogits?.view(crystals, atoms, -1),
        };
        return shaped.MoveToOuterDisposeScope();
    }

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

    public void Dispose()
    {
        foreach (Tensor tensor in Owned)
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
