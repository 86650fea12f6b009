using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>Matrix products at a chosen precision.</summary>
public static class MatrixProducts
{
    /// <summary>left · right, batched as <see cref="torch.matmul"/> does.</summary>
    /// <remarks>Shape: [..., n, k], [..., k, m] → [..., n, m], in the type of <paramref name="left"/>.</remarks>
    public static Tensor Multiply(this ProductPrecision precision, Tensor left, Tensor right) =>
        precision == ProductPrecision.Full
            ? matmul(left, right)
            : matmul(left.to(ScalarType.BFloat16), right.to(ScalarType.BFloat16)).to(left.dtype);

    /// <summary>input · weightᵀ + bias.</summary>
    /// <remarks>Shape: [..., in], [out, in], [out] → [..., out].</remarks>
    public static Tensor Project(this ProductPrecision precision, Tensor input, Tensor weight, Tensor? bias)
    {
        if (precision == ProductPrecision.Full)
        {
            return nn.functional.linear(input, weight, bias!);
        }

        Tensor product = nn
            .functional.linear(input.to(ScalarType.BFloat16), weight.to(ScalarType.BFloat16))
            .to(input.dtype);
        return bias is null ? product : product + bias;
    }
}
