using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>Two linear maps with a GELU (exact, by the error function) between them.</summary>
/// <remarks>Shape: [..., hidden] → [..., 4 · hidden] → [..., hidden].</remarks>
public sealed class FeedForward : nn.Module<Tensor, Tensor>
{
    private const int Expansion = 4;

    private readonly Projection expand;
    private readonly Projection contract;

    public FeedForward(int hiddenDimension, Generator generator)
        : base(nameof(FeedForward))
    {
        expand = new Projection(hiddenDimension, Expansion * hiddenDimension, hasBias: true, generator);
        contract = new Projection(Expansion * hiddenDimension, hiddenDimension, hasBias: true, generator);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return contract.forward(nn.functional.gelu(expand.forward(input))).MoveToOuterDisposeScope();
    }
}
