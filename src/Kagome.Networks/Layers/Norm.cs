using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>A layer norm of the last axis ready to be applied.</summary>
/// <param name="Weight">γ [hidden]</param>
/// <param name="Bias">β [hidden]</param>
public readonly record struct Norm(Tensor Weight, Tensor Bias)
{
    /// <summary>[..., hidden] → the same, with mean 0 and variance 1 before γ and β.</summary>
    public Tensor Apply(Tensor input) => nn.functional.layer_norm(input, [Weight.shape[0]], Weight, Bias);
}
