using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Wrapping;

/// <summary>Positions of period 1 along every axis.</summary>
public static class Torus
{
    /// <summary>The same positions in [0, 1).</summary>
    /// <remarks>remainder alone gives exactly 1 for positions just below 0, by rounding.</remarks>
    public static Tensor Wrap(Tensor positions)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor wrapped = positions.remainder(1);
        return wrapped.masked_fill(wrapped.ge(1), 0).MoveToOuterDisposeScope();
    }
}
