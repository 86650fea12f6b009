using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>Mixes a sub-layer's input and output, by one learned share per atom.</summary>
/// <remarks>
/// <para>Shape: input [crystals, atoms, hidden], output likewise → the same.</para>
/// <para>Source: DAO's released code: s = σ(w · [x ; y ; x - y]), s x + (1 - s) y.
/// Computed as σ((w₁ + w₃) · x + (w₂ - w₃) · y), which never builds the three-fold vector.</para>
/// </remarks>
public sealed class GatedResidual : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Parameter weight; // [1, 3 · hidden]

    public GatedResidual(int hiddenDimension, Generator generator)
        : base(nameof(GatedResidual))
    {
        weight = Projection.InitialWeight(3 * hiddenDimension, 1, generator);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input, Tensor output)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = weight.chunk(3, dim: 1); // three of [1, hidden]
        Tensor logits =
            nn.functional.linear(input, parts[0] + parts[2]) + nn.functional.linear(output, parts[1] - parts[2]);
        Tensor share = logits.sigmoid(); // [crystals, atoms, 1]
        return (output + (share * (input - output))).MoveToOuterDisposeScope();
    }
}
