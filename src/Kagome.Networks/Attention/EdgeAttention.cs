using Kagome.Networks.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>Multi-head attention among the atoms of a crystal, with the same edge vector added to keys and values.</summary>
/// <remarks>
/// <para>Shape: normalised atoms [crystals, atoms, hidden] → the same, in the type of <see cref="Precision"/>.</para>
/// <para>Source: Crysformer (arXiv 2503.10471), its released code's attention with norm_edge and ip.</para>
/// </remarks>
public sealed class EdgeAttention : nn.Module<Tensor, EdgeGeometry, Tensor>
{
    private readonly int headCount;
    private readonly IAttentionForm form;
    private readonly Projection query;

    [ComponentName(Name = "key_value")]
    private readonly Projection keyValue;
    private readonly Projection edge;
    private readonly Projection output;

    [ComponentName(Name = "edge_norm")]
    private readonly LayerNorm edgeNorm;

    public EdgeAttention(
        int hiddenDimension,
        int headCount,
        int edgeFeatureCount,
        IAttentionForm form,
        Generator generator
    )
        : base(nameof(EdgeAttention))
    {
        (this.headCount, this.form) = (headCount, form);
        query = new Projection(hiddenDimension, hiddenDimension, hasBias: true, generator);
        keyValue = new Projection(hiddenDimension, 2 * hiddenDimension, hasBias: true, generator);
        edge = new Projection(edgeFeatureCount, hiddenDimension, hasBias: true, generator);
        output = new Projection(hiddenDimension, hiddenDimension, hasBias: true, generator);
        edgeNorm = nn.LayerNorm(edgeFeatureCount);
        RegisterComponents();
    }

    public ProductPrecision Precision { get; set; }

    public override Tensor forward(Tensor atoms, EdgeGeometry geometry)
    {
        using DisposeScope scope = NewDisposeScope();
        double scale = 1 / Math.Sqrt((double)atoms.shape[2] / headCount);
        Tensor factor = Precision.AsFactor(atoms);
        Tensor[] keysAndValues = keyValue.forward(factor).chunk(2, dim: -1);
        EdgeWeights weights = new(edgeNorm.weight!, edgeNorm.bias!, edge.Weight, edge.Bias!);
        Tensor attended = form.Attend(
            SplitHeads(query.forward(factor) * scale),
            SplitHeads(keysAndValues[0]),
            SplitHeads(keysAndValues[1]),
            weights,
            geometry,
            Precision
        );
        return output.forward(attended.transpose(1, 2).flatten(2)).MoveToOuterDisposeScope();
    }

    /// <summary>[crystals, atoms, hidden] → [crystals, heads, atoms, head size]</summary>
    private Tensor SplitHeads(Tensor features) =>
        features.view(features.shape[0], features.shape[1], headCount, -1).transpose(1, 2);
}
