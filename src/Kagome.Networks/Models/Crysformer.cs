using Kagome.Networks.Attention;
using Kagome.Networks.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Kagome.Networks.Models;

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
    private const int TypeCount = 100;

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
    private ProductPrecision precision;

    /// <param name="configuration">The network's shape.</param>
    /// <param name="elementTable">[atomic numbers, element features]; copied.</param>
    /// <param name="generator">Draws the initial weights.</param>
    /// <param name="form">How attention is computed; the factored form by default.</param>
    public Crysformer(
        CrysformerConfiguration configuration,
        Tensor elementTable,
        Generator generator,
        IAttentionForm? form = null
    )
        : base(nameof(Crysformer))
    {
        configuration.Validate();
        Configuration = configuration;
        form ??= new FactoredAttention();
        int hidden = configuration.HiddenDimension;
        atomEmbedding = new AtomEmbedding(elementTable, hidden, generator);
        timeEmbedding = new TimeEmbedding(configuration.TimeDimension);
        timeFusion = new Projection(hidden + configuration.TimeDimension, hidden, hasBias: true, generator);
        blocks = nn.ModuleList(
            Enumerable
                .Range(0, configuration.BlockCount)
                .Select(_ => new CrysformerBlock(configuration, form, generator))
                .ToArray()
        );
        coordinateHead = new Projection(hidden, 3, hasBias: false, generator);
        latticeHead = new Projection(hidden, 9, hasBias: false, generator);
        energyHead = configuration.HasEnergyHead ? new PredictionHead(hidden, 1, generator) : null;
        typeHead = configuration.HasTypeHead ? new PredictionHead(hidden, TypeCount, generator) : null;
        RegisterComponents();
    }

    public CrysformerConfiguration Configuration { get; }

    /// <summary>Precision of the large products in every layer; the heads and the geometry keep the weights' type.</summary>
    public ProductPrecision Precision
    {
        get => precision;
        set
        {
            precision = value;
            foreach (nn.Module module in blocks.modules())
            {
                switch (module)
                {
                    case Projection projection:
                        projection.Precision = value;
                        break;
                    case EdgeAttention attention:
                        attention.Precision = value;
                        break;
                }
            }
        }
    }

    /// <summary>Evaluates a batch of crystals of one size.</summary>
    /// <param name="atomicNumbers">[crystals, atoms], int64</param>
    /// <param name="coordinates">[crystals, atoms, 3], fractional; any real numbers</param>
    /// <param name="lattices">[crystals, 3, 3], rows a, b, c in Å</param>
    /// <param name="times">[crystals], the noise level; 0 for clean crystals</param>
    public CrysformerOutput Evaluate(Tensor atomicNumbers, Tensor coordinates, Tensor lattices, Tensor times)
    {
        using DisposeScope scope = NewDisposeScope();
        EdgeGeometry geometry = new(coordinates, lattices, Configuration.FrequencyCount, Precision);
        Tensor elements = atomEmbedding.forward(atomicNumbers);
        Tensor waves = timeEmbedding.forward(times.to(coordinates.dtype));
        Tensor spread = waves.unsqueeze(1).expand(elements.shape[0], elements.shape[1], -1);
        Tensor atoms = timeFusion.forward(cat([elements, spread], dim: -1)); // [crystals, atoms, hidden]
        foreach (CrysformerBlock block in blocks)
        {
            atoms = block.forward(atoms, geometry);
        }

        Tensor crystals = atoms.mean([1]);
        Tensor shapes = latticeHead.forward(crystals).view(-1, 3, 3);
        return new CrysformerOutput(
            matmul(shapes, lattices).MoveToOuterDisposeScope(),
            coordinateHead.forward(atoms).MoveToOuterDisposeScope(),
            crystals.MoveToOuterDisposeScope(),
            energyHead?.forward(crystals).squeeze(-1).MoveToOuterDisposeScope(),
            typeHead?.forward(atoms).MoveToOuterDisposeScope()
        );
    }
}
