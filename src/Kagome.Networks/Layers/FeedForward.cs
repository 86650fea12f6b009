using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>Two linear maps with a GELU (exact, by the error function) between them.</summary>
/// <remarks>Shape: [..., hidden] → [..., 4 · hidden] → [..., hidden].</remarks>
public sealed class FeedForward : nn.Module
{
    /// <summary>How many times wider the layer is inside.</summary>
    public const int Expansion = 4;

    private readonly Projection expand;
    private readonly Projection contract;

    /// <param name="hiddenDimension">Features in and out.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public FeedForward(int hiddenDimension, Generator generator)
        : base(nameof(FeedForward))
    {
        expand = new Projection(hiddenDimension, Expansion * hiddenDimension, hasBias: true, generator);
        contract = new Projection(Expansion * hiddenDimension, hiddenDimension, hasBias: true, generator);
        RegisterComponents();
    }

    /// <summary>The layer of the weights as they are, differentiable by them.</summary>
    public FoldedFeedForward Fold(ProductPrecision precision) => new(expand.Fold(precision), contract.Fold(precision));
}
