using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>Matrix products at a chosen precision.</summary>
/// <remarks>
/// Factors are brought to the precision's type and products stay in it, so that a chain of products converts once on the way
/// in and once on the way out. Norms, softmax and the residual stream convert back to the weights' type.
/// </remarks>
public static class MatrixProducts
{
    /// <summary>The tensor in the type that products are made in.</summary>
    public static Tensor AsFactor(this ProductPrecision precision, Tensor tensor) =>
        precision == ProductPrecision.Full ? tensor : tensor.to(ScalarType.BFloat16);

    /// <summary>left · right, batched as <see cref="matmul"/> does.</summary>
    /// <remarks>Shape: [..., n, k], [..., k, m] → [..., n, m], in the precision's type.</remarks>
    public static Tensor Multiply(this ProductPrecision precision, Tensor left, Tensor right) =>
        matmul(precision.AsFactor(left), precision.AsFactor(right));

    /// <summary>input · weightᵀ + bias.</summary>
    /// <remarks>Shape: [..., in], [out, in], [out] → [..., out], in the precision's type.</remarks>
    public static Tensor Project(this ProductPrecision precision, Tensor input, Tensor weight, Tensor? bias) =>
        nn.functional.linear(
            precision.AsFactor(input),
            precision.AsFactor(weight),
            bias is null ? null! : precision.AsFactor(bias)
        );
}
