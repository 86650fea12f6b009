using Kagome.Networks.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>All that attention needs of a batch's geometry: made once per call, used by every block.</summary>
/// <remarks>
/// <para>
/// An edge i ← j carries 9 + 6K features: the scaled entries of L Lᵀ, then the sines and then the cosines of 2πk(f_j - f_i) for each
/// axis and k = 0 … K-1. They follow from waves of the two atoms, so that no edge vector is ever built.
/// </para>
/// <para>Units: lattices in Å, so Gram entries in Å² times their scale. The paper has no scale.</para>
/// <para>Source: Crysformer (arXiv 2503.10471); docs/factored-attention.md derives the factored form.</para>
/// </remarks>
public sealed class EdgeGeometry
{
    internal const int GramSize = 9;

    private const double VarianceFloor = 1e-5; // LayerNorm's epsilon

    /// <param name="layout">Of the batch.</param>
    /// <param name="coordinates">[atoms, 3] fractional</param>
    /// <param name="lattices">[crystals, 3, 3] rows a, b, c</param>
    /// <param name="frequencyCount">K</param>
    /// <param name="gramScale">Of the entries of L Lᵀ; 1 in the paper.</param>
    public EdgeGeometry(
        CrystalLayout layout,
        Tensor coordinates,
        Tensor lattices,
        int frequencyCount,
        double gramScale = 1
    )
    {
        (Layout, WaveCount) = (layout, 3 * frequencyCount);
        Gram = matmul(lattices, lattices.transpose(1, 2)).flatten(1) * gramScale;
        Tensor frequencies =
            arange(frequencyCount, dtype: coordinates.dtype, device: coordinates.device) * (2 * Math.PI);
        Tensor phases = (coordinates.unsqueeze(-1) * frequencies).flatten(1); // [atoms, 3K], axis by axis
        Waves = cat([phases.sin(), phases.cos()], dim: -1);
        bool isConstant = !is_grad_enabled() || !(coordinates.requires_grad || lattices.requires_grad);
        bool isOnProcessor = coordinates.device_type == DeviceType.CPU;
        Core =
            isConstant && isOnProcessor && coordinates.dtype == ScalarType.Float32
                ? new KernelCore(this)
                : new TensorCore(this);
    }

    /// <summary>Which atoms of the batch belong to which crystal.</summary>
    public CrystalLayout Layout { get; }

    /// <summary>F = 3K: sines of an atom, and as many cosines.</summary>
    public int WaveCount { get; }

    /// <summary>L Lᵀ times its scale, as [crystals, 9]</summary>
    public Tensor Gram { get; }

    /// <summary>Φ = [sines ; cosines] of 2πk f per axis and k: [atoms, 2F]</summary>
    public Tensor Waves { get; }

    /// <summary>How the attention among a crystal's atoms is computed here.</summary>
    internal IAttentionCore Core { get; }

    /// <summary>Mean μ and inverse spread r = 1 / √(variance + ε) of an edge's features, by sums that are easy to come by.</summary>
    /// <param name="waveSums">Sum of the edge's sines and cosines.</param>
    /// <param name="gramSums">Sum of the Gram entries; shapes broadcast.</param>
    /// <param name="gramSquares">Sum of their squares.</param>
    internal (Tensor Means, Tensor Scales) Normalise(Tensor waveSums, Tensor gramSums, Tensor gramSquares)
    {
        double featureCount = GramSize + (2 * WaveCount);
        Tensor means = (waveSums + gramSums) / featureCount;
        // squared sine + squared cosine = 1 for each of the F phases
        Tensor variances = ((gramSquares + WaveCount) / featureCount) - means.square();
        return (means, (variances.clamp(min: 0) + VarianceFloor).rsqrt());
    }
}
