using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>Mixes a sub-layer's input and output, by one learned share per atom.</summary>
/// <remarks>
/// Source: DAO's released code: s = σ(w · [x ; y ; x - y]), s x + (1 - s) y.
/// Computed as σ((w₁ + w₃) · x + (w₂ - w₃) · y), which never builds the three-fold vector.
/// </remarks>
internal sealed class GatedResidual : nn.Module
{
    private readonly Parameter weight; // [1, 3 · hidden]

    /// <param name="hiddenDimension">Features per atom.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public GatedResidual(int hiddenDimension, Generator generator)
        : base(nameof(GatedResidual))
    {
        weight = Projection.InitialWeight(3 * hiddenDimension, 1, generator);
        RegisterComponents();
    }

    /// <summary>The gate of the weights as they are, differentiable by them.</summary>
    public Gate Fold()
    {
        Tensor[] parts = weight.view(3, -1).unbind(0);
        return new Gate(parts[0] + parts[2], parts[1] - parts[2]);
    }
}
