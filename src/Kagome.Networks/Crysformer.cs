using Kagome.Networks.Batches;
using Kagome.Networks.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Kagome.Networks;

/// <summary>A graph transformer over the atoms of a crystal, all pairs connected.</summary>
/// <remarks>
/// <para>
/// Invariant under rotation, lattice translation, the choice of origin and the order of atoms, where its outputs turn and
/// permute with the input.
/// </para>
/// <para>Source: Crysformer of DAO (arXiv 2503.10471, Nature Communications 2026).</para>
/// </remarks>
public sealed class Crysformer : nn.Module
{
    /// <summary>Element types that the type head tells apart.</summary>
    public const int TypeCount = 100;

    [ComponentName(Name = "atom_embedding")]
    private readonly AtomEmbedding atomEmbedding;
    private readonly TimeEmbedding timeEmbedding;

    [ComponentName(Name = "time_fusion")]
    private readonly Projection timeFusion;
    private readonly ModuleList<CrysformerBlock> blocks;

    [ComponentName(Name = "coordinate_head")]
    private readonly Projection coordinateHead;

    [ComponentName(Name = "lattice_head")]
    private readonly Projection latticeHead;

    [ComponentName(Name = "energy_head")]
    private readonly PredictionHead? energyHead;

    [ComponentName(Name = "type_head")]
    private readonly PredictionHead? typeHead;

    /// <param name="configuration">The network's shape.</param>
    /// <param name="elementTable">[atomic numbers, element features]; copied.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public Crysformer(CrysformerConfiguration configuration, Tensor elementTable, Generator generator)
        : base(nameof(Crysformer))
    {
        configuration.Validate();
        Configuration = configuration;
        int hidden = configuration.HiddenDimension;
        atomEmbedding = new AtomEmbedding(elementTable, hidden, generator);
        timeEmbedding = new TimeEmbedding(configuration.TimeDimension);
        timeFusion = new Projection(hidden + configuration.TimeDimension, hidden, hasBias: true, generator);
        blocks = nn.ModuleList(
            Enumerable
                .Range(0, configuration.BlockCount)
                .Select(_ => new CrysformerBlock(configuration, generator))
                .ToArray()
        );
        coordinateHead = new Projection(hidden, 3, hasBias: false, generator);
        latticeHead = new Projection(hidden, 9, hasBias: false, generator);
        energyHead = configuration.HasEnergyHead ? new PredictionHead(hidden, 1, generator) : null;
        typeHead = configuration.HasTypeHead ? new PredictionHead(hidden, TypeCount, generator) : null;
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public CrysformerConfiguration Configuration { get; }

    /// <summary>Precision of the large products in the blocks; heads, embeddings and geometry keep the weights' type.</summary>
    public ProductPrecision Precision { get; init; }

    /// <summary>The network with all done that depends on weights alone, ready for many evaluations.</summary>
    /// <remarks>Fold anew after the weights, their type or their device have changed. Not differentiable by the weights.</remarks>
    /// <param name="precision">Of the large products; null for <see cref="Precision"/>.</param>
    public FoldedCrysformer Fold(ProductPrecision? precision = null)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        FoldedCrysformer folded = Prepare(precision ?? Precision);
        Tensor[] owned = [.. scope.DisposablesView.OfType<Tensor>()];
        scope.Detach(owned);
        folded.Own(owned);
        return folded;
    }

    /// <summary>Evaluates crystals of any sizes, differentiable by weights and geometry.</summary>
    public CrysformerOutput Evaluate(CrystalBatch batch)
    {
        using DisposeScope scope = NewDisposeScope();
        return Prepare(Precision).Evaluate(batch).MoveToOuterDisposeScope();
    }

    private FoldedCrysformer Prepare(ProductPrecision precision)
    {
        ProductPrecision resolved = precision.On(coordinateHead.Weight.device);
        return new FoldedCrysformer(
            Configuration,
            atomEmbedding,
            timeEmbedding,
            timeFusion.Fold(ProductPrecision.Full),
            [.. blocks.Select(block => block.Fold(resolved))],
            coordinateHead,
            latticeHead,
            energyHead,
            typeHead
        );
    }
}
