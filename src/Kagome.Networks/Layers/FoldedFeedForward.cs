using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>A feed-forward layer ready to be applied.</summary>
/// <param name="Expand">[4 · hidden, hidden]</param>
/// <param name="Contract">[hidden, 4 · hidden]</param>
public readonly record struct FoldedFeedForward(LinearMap Expand, LinearMap Contract)
{
    /// <summary>[..., hidden] → [..., hidden], in the type of the weights.</summary>
    public Tensor Apply(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return Contract.Apply(nn.functional.gelu(Expand.Apply(input))).MoveToOuterDisposeScope();
    }
}
