using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>A linear map of the last axis, its weights ready for products.</summary>
/// <param name="Weight">[out, in], in the products' type</param>
/// <param name="Bias">[out]; null for none</param>
public readonly record struct LinearMap(Tensor Weight, Tensor? Bias)
{
    /// <summary>[..., in] → [..., out], in the type of the weights.</summary>
    public Tensor Apply(Tensor input) => nn.functional.linear(input.to(Weight.dtype), Weight, Bias!);
}
