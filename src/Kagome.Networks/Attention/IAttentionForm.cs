using Kagome.Networks.Layers;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>A way to compute attention over all atom pairs, each pair with its edge: one function, several forms.</summary>
/// <remarks>
/// With e_ij the edge's projected features: logits q_i · (k_j + e_ij), result Σ_j softmax_ij (v_j + e_ij), per head.
/// </remarks>
public interface IAttentionForm
{
    /// <summary>Attends over the atoms of each crystal.</summary>
    /// <param name="queries">[crystals, heads, atoms, head size], already divided by √(head size), in the products' type like keys and values</param>
    /// <param name="keys">[crystals, heads, atoms, head size]</param>
    /// <param name="values">[crystals, heads, atoms, head size]</param>
    /// <param name="weights">Of the edges.</param>
    /// <param name="geometry">Of the batch.</param>
    /// <param name="precision">Of the large products.</param>
    /// <returns>[crystals, heads, atoms, head size], in the products' type</returns>
    Tensor Attend(
        Tensor queries,
        Tensor keys,
        Tensor values,
        EdgeWeights weights,
        EdgeGeometry geometry,
        ProductPrecision precision
    );
}
