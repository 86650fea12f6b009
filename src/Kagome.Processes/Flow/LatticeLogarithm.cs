using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Flow;

/// <summary>Lattices by the symmetric matrices K = ½ ln(L Lᵀ): all that a lattice is, apart from how it is turned.</summary>
/// <remarks>
/// A mean of two such matrices is that of a lattice again, however far they are apart, which is not so of lattices themselves; and ln V is the trace.
/// As in CrystalFlow (Luo et al., Nature Communications 2025).
/// </remarks>
internal static class LatticeLogarithm
{
    private const double SmallestMetric = 1e-6; // Å²: below, a lattice is flat and has no logarithm

    /// <summary>The logarithms of lattices.</summary>
    /// <param name="lattices">Vectors by rows. [batch, 3, 3]</param>
    public static Tensor Of(Tensor lattices)
    {
        using DisposeScope scope = NewDisposeScope();
        return OfMetric(lattices.to(ScalarType.Float64).matmul(lattices.to(ScalarType.Float64).transpose(1, 2)))
            .to(lattices.dtype)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The logarithms of lattices whose metrics L Lᵀ are given. [batch, 3, 3]</summary>
    public static Tensor OfMetric(Tensor metrics) =>
        OnEigenvalues(metrics, values => values.clamp_min(SmallestMetric).log() / 2);

    /// <summary>The symmetric lattices with given logarithms. [batch, 3, 3]</summary>
    public static Tensor Exponential(Tensor logarithms) => OnEigenvalues(logarithms, values => values.exp());

    /// <summary>The metrics L Lᵀ of lattices with given logarithms. [batch, 3, 3]</summary>
    public static Tensor Metric(Tensor logarithms) => OnEigenvalues(logarithms, values => (2 * values).exp());

    private static Tensor OnEigenvalues(Tensor symmetric, Func<Tensor, Tensor> function)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor values, Tensor vectors) = linalg.eigh(symmetric.to(ScalarType.Float64));
        return (vectors * function(values).unsqueeze(1))
            .matmul(vectors.transpose(1, 2))
            .to(symmetric.dtype)
            .MoveToOuterDisposeScope();
    }
}
