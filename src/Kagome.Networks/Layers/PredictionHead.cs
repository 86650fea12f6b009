using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Layers;

/// <summary>A small network of two linear maps with a SiLU between them.</summary>
/// <remarks>Shape: [..., hidden] → [..., outputs].</remarks>
internal sealed class PredictionHead : nn.Module<Tensor, Tensor>
{
    private readonly Projection hidden;
    private readonly Projection output;

    /// <param name="hiddenDimension">Features in and between the two maps.</param>
    /// <param name="outputDimension">Numbers that are predicted.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public PredictionHead(int hiddenDimension, int outputDimension, Generator generator)
        : base(nameof(PredictionHead))
    {
        hidden = new Projection(hiddenDimension, hiddenDimension, hasBias: true, generator);
        output = new Projection(hiddenDimension, outputDimension, hasBias: true, generator);
        RegisterComponents();
    }

    /// <summary>What the head predicts of features.</summary>
    /// <param name="features">[..., hidden]</param>
    /// <returns>[..., outputs]</returns>
    public override Tensor forward(Tensor features)
    {
        using DisposeScope scope = NewDisposeScope();
        return output.forward(nn.functional.silu(hidden.forward(features))).MoveToOuterDisposeScope();
    }
}
