using Kagome.Networks.Attention;
using Kagome.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Testing.Twins;

/// <summary>Attention as the paper writes it: every pair's edge vector is built, normalised and projected.</summary>
/// <remarks>
/// The slow, obvious twin of <see cref="FactoredAttention"/>. Memory grows with pairs × (9 + 6K).
/// Source: Crysformer (arXiv 2503.10471): d = (f_j - f_i) mod 1, features [L Lᵀ ; sines ; cosines].
/// </remarks>
public sealed class LiteralAttention : IAttentionForm
{
    public Tensor Attend(
        Tensor queries,
        Tensor keys,
        Tensor values,
        EdgeWeights weights,
        EdgeGeometry geometry,
        ProductPrecision precision
    )
    {
        using DisposeScope scope = NewDisposeScope();
        (long crystals, long heads, long atoms, long headSize) = (
            queries.shape[0],
            queries.shape[1],
            queries.shape[2],
            queries.shape[3]
        );
        Tensor features = EdgeFeatures(geometry); // [crystals, atoms (to), atoms (from), features]
        Tensor normalised = nn.functional.layer_norm(
            features,
            [features.shape[^1]],
            weights.NormWeight,
            weights.NormBias
        );
        Tensor edges = precision
            .Project(normalised, weights.Weight, weights.Bias)
            .view(crystals, atoms, atoms, heads, headSize)
            .permute(0, 3, 1, 2, 4); // [crystals, heads, to, from, head size]
        Tensor logits = (queries.unsqueeze(3) * (keys.unsqueeze(2) + edges)).sum(-1);
        Tensor shares = logits.softmax(-1).unsqueeze(-1);
        return (shares * (values.unsqueeze(2) + edges)).sum(3).MoveToOuterDisposeScope();
    }

    private static Tensor EdgeFeatures(EdgeGeometry geometry)
    {
        Tensor from = geometry.Coordinates.unsqueeze(1);
        Tensor to = geometry.Coordinates.unsqueeze(2);
        Tensor differences = (from - to).remainder(1); // [crystals, to, from, 3]
        Tensor frequencies = arange(geometry.FrequencyCount, dtype: differences.dtype) * (2 * Math.PI);
        Tensor phases = (differences.unsqueeze(-1) * frequencies).flatten(3);
        long atoms = differences.shape[1];
        Tensor gram = geometry.Gram.view(-1, 1, 1, 9).expand(-1, atoms, atoms, -1);
        return cat([gram, phases.sin(), phases.cos()], dim: -1);
    }
}
