using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>The core by kernels that keep a crystal in a core's cache: float32 on the CPU, differentiable by all but the geometry.</summary>
internal sealed class KernelCore(EdgeGeometry geometry) : IAttentionCore
{
    private readonly PairGeometry pairs = new(geometry);

    public (Tensor EdgeSums, Tensor ValueSums) Attend(Tensor amplitudes, Tensor projections)
    {
        if (is_grad_enabled() && (amplitudes.requires_grad || projections.requires_grad))
        {
            List<Tensor> results = KernelAttention.apply(amplitudes, projections, pairs);
            return (results[0], results[1]);
        }

        return AttentionPasses.Forward(amplitudes.contiguous(), projections.contiguous(), pairs, shares: null);
    }
}
