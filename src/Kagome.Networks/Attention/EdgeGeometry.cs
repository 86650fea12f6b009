using Kagome.Networks.Layers;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>All that attention needs of a batch's geometry: made once per call, used by every block.</summary>
/// <remarks>
/// <para>
/// An edge i ← j carries 9 + 6K features: the entries of L Lᵀ, then the sines and then the cosines of 2πk(f_j - f_i) for each
/// axis and k = 0 … K-1. Their mean and spread follow from per-atom waves, so that no edge vector is ever built.
/// </para>
/// <para>Units: lattices in Å, so Gram entries in Å², as the paper has them (not normalised).</para>
/// <para>Source: Crysformer (arXiv 2503.10471); docs/factored-attention.md derives the factored form.</para>
/// </remarks>
public sealed class EdgeGeometry
{
    private const double VarianceFloor = 1e-5; // LayerNorm's epsilon

    /// <param name="coordinates">[crystals, atoms, 3] fractional</param>
    /// <param name="lattices">[crystals, 3, 3] rows a, b, c</param>
    /// <param name="frequencyCount">K</param>
    /// <param name="precision">Of the products that the waves will be factors of.</param>
    public EdgeGeometry(Tensor coordinates, Tensor lattices, int frequencyCount, ProductPrecision precision)
    {
        (Coordinates, FrequencyCount) = (coordinates, frequencyCount);
        Gram = matmul(lattices, lattices.transpose(1, 2)).flatten(1);

        Tensor frequencies =
            arange(frequencyCount, dtype: coordinates.dtype, device: coordinates.device) * (2 * Math.PI);
        Tensor phases = (coordinates.unsqueeze(-1) * frequencies).flatten(2); // [crystals, atoms, 3K], axis by axis
        (Tensor sines, Tensor cosines) = (phases.sin(), phases.cos());
        Tensor waves = cat([sines, cosines], dim: -1);

        double edgeFeatureCount = 9 + (6 * frequencyCount);
        Tensor gramSum = Gram.sum(1).view(-1, 1, 1);
        Tensor gramSquares = Gram.square().sum(1).view(-1, 1, 1);
        Tensor receivers = cat([cosines + sines, cosines - sines], dim: -1);
        EdgeMeans = (matmul(receivers, waves.transpose(1, 2)) + gramSum) / edgeFeatureCount;
        // squared sine + squared cosine = 1 for each of the 3K phases
        Tensor variances = ((gramSquares + (3 * frequencyCount)) / edgeFeatureCount) - EdgeMeans.square();
        EdgeScales = (variances.clamp(min: 0) + VarianceFloor).rsqrt();
        (Sines, Cosines, Waves) = (precision.AsFactor(sines), precision.AsFactor(cosines), precision.AsFactor(waves));
    }

    /// <summary>[crystals, atoms, 3], fractional</summary>
    public Tensor Coordinates { get; }

    /// <summary>K</summary>
    public int FrequencyCount { get; }

    /// <summary>L Lᵀ as [crystals, 9]</summary>
    public Tensor Gram { get; }

    /// <summary>sin 2πk f per axis and k, in the products' type: [crystals, atoms, 3K]</summary>
    public Tensor Sines { get; }

    /// <summary>cos 2πk f per axis and k, in the products' type: [crystals, atoms, 3K]</summary>
    public Tensor Cosines { get; }

    /// <summary>Φ = [sines ; cosines], in the products' type: [crystals, atoms, 6K]</summary>
    public Tensor Waves { get; }

    /// <summary>μ_ij: mean of the features of edge i ← j: [crystals, atoms, atoms]</summary>
    public Tensor EdgeMeans { get; }

    /// <summary>r_ij = 1 / √(variance + ε) of the features of edge i ← j: [crystals, atoms, atoms]</summary>
    public Tensor EdgeScales { get; }
}
