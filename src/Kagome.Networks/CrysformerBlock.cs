using Kagome.Networks.Attention;
using Kagome.Networks.Layers;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Kagome.Networks;

/// <summary>The weights of one block: attention and a feed-forward network, each after a layer norm and before a gated residual.</summary>
internal sealed class CrysformerBlock : nn.Module
{
    [ComponentName(Name = "attention_norm")]
    private readonly LayerNorm attentionNorm;
    private readonly EdgeAttention attention;

    [ComponentName(Name = "attention_gate")]
    private readonly GatedResidual attentionGate;

    [ComponentName(Name = "feed_forward_norm")]
    private readonly LayerNorm feedForwardNorm;

    [ComponentName(Name = "feed_forward")]
    private readonly FeedForward feedForward;

    [ComponentName(Name = "feed_forward_gate")]
    private readonly GatedResidual feedForwardGate;

    /// <param name="configuration">Of the network whose block it is.</param>
    /// <param name="generator">Draws the initial weights.</param>
    public CrysformerBlock(CrysformerConfiguration configuration, Generator generator)
        : base(nameof(CrysformerBlock))
    {
        int hidden = configuration.HiddenDimension;
        attentionNorm = nn.LayerNorm(hidden);
        attention = new EdgeAttention(hidden, configuration.HeadCount, configuration.EdgeFeatureCount, generator);
        attentionGate = new GatedResidual(hidden, generator);
        feedForwardNorm = nn.LayerNorm(hidden);
        feedForward = new FeedForward(hidden, generator);
        feedForwardGate = new GatedResidual(hidden, generator);
        RegisterComponents();
    }

    /// <summary>The block of the weights as they are, differentiable by them.</summary>
    public FoldedBlock Fold(ProductPrecision precision) =>
        new(
            new Norm(attentionNorm.weight!, attentionNorm.bias!),
            attention.Fold(precision),
            attentionGate.Fold(),
            new Norm(feedForwardNorm.weight!, feedForwardNorm.bias!),
            feedForward.Fold(precision),
            feedForwardGate.Fold()
        );
}
