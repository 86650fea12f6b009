using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>A gated residual ready to be applied.</summary>
/// <param name="InputWeight">w₁ + w₃ [hidden]</param>
/// <param name="OutputWeight">w₂ - w₃ [hidden]</param>
public readonly record struct Gate(Tensor InputWeight, Tensor OutputWeight)
{
    /// <summary>s x + (1 - s) y with s = σ((w₁ + w₃) · x + (w₂ - w₃) · y).</summary>
    /// <remarks>Shape: input x [atoms, hidden], output y likewise → the same, in the type of the input.</remarks>
    public Tensor Mix(Tensor input, Tensor output)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor answer = output.to(input.dtype);
        Tensor shares = (mv(input, InputWeight) + mv(answer, OutputWeight)).sigmoid().unsqueeze(-1);
        return answer.lerp(input, shares).MoveToOuterDisposeScope();
    }
}
