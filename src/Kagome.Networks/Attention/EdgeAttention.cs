using Kagome.Networks.Layers;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>The weights of multi-head attention among the atoms of a crystal, with the same edge vector added to keys and values.</summary>
/// <remarks>Source: Crysformer (arXiv 2503.10471), its released code's attention with norm_edge and ip.</remarks>
internal sealed class EdgeAttention : nn.Module
{
    private const int ColumnMultiple = 8; // rows of whole vector registers

    private readonly int headCount;
    private readonly Projection query;

    [ComponentName(Name = "key_value")]
    private readonly Projection keyValue;
    private readonly Projection edge;
    private readonly Projection output;

    [ComponentName(Name = "edge_norm")]
    private readonly LayerNorm edgeNorm;

    /// <param name="hiddenDimension">Features per atom; a multiple of the heads.</param>
    /// <param name="headCount">Attention heads, which share the features among them.</param>
    /// <param name="edgeFeatureCount">Features of an edge, 9 + 6K: see <see cref="EdgeGeometry"/>.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public EdgeAttention(int hiddenDimension, int headCount, int edgeFeatureCount, Generator generator)
        : base(nameof(EdgeAttention))
    {
        this.headCount = headCount;
        query = new Projection(hiddenDimension, hiddenDimension, hasBias: true, generator);
        keyValue = new Projection(hiddenDimension, 2 * hiddenDimension, hasBias: true, generator);
        edge = new Projection(edgeFeatureCount, hiddenDimension, hasBias: true, generator);
        output = new Projection(hiddenDimension, hiddenDimension, hasBias: true, generator);
        edgeNorm = nn.LayerNorm(edgeFeatureCount);
        RegisterComponents();
    }

    /// <summary>Attention by the weights as they are, differentiable by them.</summary>
    /// <remarks>
    /// Edge vectors are W (γ ∘ x_ij + β) + b = (W γ) x_ij + b' with b' = W β + b. A key's b' changes no softmax; a value's b' comes
    /// through as W_o b'.
    /// </remarks>
    public FoldedAttention Fold(ProductPrecision precision)
    {
        double scale = 1 / Math.Sqrt((double)query.Weight.shape[0] / headCount);
        Tensor weights = cat([query.Weight * scale, keyValue.Weight], 0);
        Tensor biases = cat([query.Bias! * scale, keyValue.Bias!], 0);
        Tensor constant = mv(edge.Weight, edgeNorm.bias!) + edge.Bias!;
        return new FoldedAttention(
            new LinearMap(precision.AsFactor(weights), precision.AsFactor(biases)),
            precision.AsFactor(EdgeColumns().view(headCount, query.Weight.shape[0] / headCount, -1)),
            new LinearMap(
                precision.AsFactor(output.Weight),
                precision.AsFactor(output.Bias! + mv(output.Weight, constant))
            )
        );
    }

    /// <summary>W γ with the Gram columns behind the waves, the sum of all columns behind those, and zeros: [hidden, columns]</summary>
    private Tensor EdgeColumns()
    {
        Tensor scaled = edge.Weight * edgeNorm.weight!;
        long waves = scaled.shape[1] - EdgeGeometry.GramSize;
        long filler = (ColumnMultiple - ((scaled.shape[1] + 1) % ColumnMultiple)) % ColumnMultiple;
        return cat(
            [
                scaled.narrow(1, EdgeGeometry.GramSize, waves),
                scaled.narrow(1, 0, EdgeGeometry.GramSize),
                scaled.sum(1, keepdim: true),
                zeros([scaled.shape[0], filler], dtype: scaled.dtype, device: scaled.device),
            ],
            1
        );
    }
}
