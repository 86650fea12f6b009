using Kagome.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>Attention with edges, computed from per-atom quantities alone.</summary>
/// <remarks>
/// <para>
/// Since sin(θ_j - θ_i) and cos(θ_j - θ_i) are products of waves of i and of j, an edge's share of a logit is A_i · Φ_j with a
/// vector A_i per atom and head, and its share of the result is W (Σ_j p_ij Φ_j) turned back by θ_i.
/// </para>
/// <para>Cost per block and crystal of N atoms: about 4 N H F + 4 N² h F multiply-adds (F = 3K waves) in place of N² H (2F + 9).</para>
/// <para>Source: docs/factored-attention.md. Agrees with the literal form to rounding.</para>
/// </remarks>
public sealed class FactoredAttention : IAttentionForm
{
    private const int GramSize = 9;

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
        ScalarType type = geometry.EdgeScales.dtype;
        Tensor folded = weights.Weight * weights.NormWeight; // [hidden, features]
        Tensor perHead = folded.view(heads, headSize, -1);
        Tensor waveWeights = precision.AsFactor(perHead.narrow(2, GramSize, perHead.shape[2] - GramSize)); // [heads, head size, 2F]
        Tensor gramWeights = folded.narrow(1, 0, GramSize);
        Tensor offset = (mv(weights.Weight, weights.NormBias) + weights.Bias).view(1, heads, 1, headSize);
        Tensor meanWeights = folded.sum(1).view(heads, headSize, 1);
        Tensor gramShare = matmul(geometry.Gram, gramWeights.t()).view(crystals, heads, 1, headSize);
        Tensor means = geometry.EdgeMeans.unsqueeze(1);
        Tensor scales = geometry.EdgeScales.unsqueeze(1);

        // logits; the constant q_i · b' is the same for all j, so softmax does not see it
        Tensor waveQueries = Turn(matmul(queries, waveWeights), geometry, sign: 1).view(crystals, heads * atoms, -1);
        Tensor waveLogits = matmul(waveQueries, geometry.Waves.transpose(1, 2)).view(crystals, heads, atoms, atoms);
        Tensor gramLogits = precision.Multiply(queries, gramShare.transpose(2, 3)).to(type); // [crystals, heads, atoms, 1]
        Tensor meanLogits = precision.Multiply(queries, meanWeights).to(type);
        Tensor edgeLogits = scales * (waveLogits.to(type) + gramLogits - (means * meanLogits));
        Tensor shares = (matmul(queries, keys.transpose(2, 3)).to(type) + edgeLogits).softmax(-1);

        // values
        Tensor scaled = shares * scales; // p_ij
        Tensor waveSums = precision.Multiply(scaled.view(crystals, heads * atoms, atoms), geometry.Waves);
        Tensor turned = Turn(waveSums.view(crystals, heads, atoms, -1), geometry, sign: -1);
        Tensor constants =
            offset
            + (scaled.sum(-1, keepdim: true) * gramShare)
            - ((scaled * means).sum(-1, keepdim: true) * meanWeights.view(1, heads, 1, headSize));
        Tensor result = precision.Multiply(shares, values) + matmul(turned, waveWeights.transpose(1, 2)) + constants;
        return precision.AsFactor(result).MoveToOuterDisposeScope();
    }

    /// <summary>Turns pairs (x, y) of wave amplitudes by ±θ of their atom.</summary>
    /// <remarks>
    /// sign 1: [x c + y s ; y c - x s], which makes q · edge a product with Φ_j;
    /// sign -1: [x c - y s ; y c + x s], which turns Σ_j p_ij Φ_j into sums over θ_j - θ_i.
    /// </remarks>
    private static Tensor Turn(Tensor amplitudes, EdgeGeometry geometry, int sign)
    {
        Tensor[] halves = amplitudes.chunk(2, dim: -1);
        (Tensor x, Tensor y) = (halves[0], halves[1]);
        Tensor cosines = geometry.Cosines.unsqueeze(1); // [crystals, 1, atoms, F]
        Tensor sines = geometry.Sines.unsqueeze(1);
        return cat(
            [addcmul(x * cosines, y, sines, value: sign), addcmul(y * cosines, x, sines, value: -sign)],
            dim: -1
        );
    }
}
