using Kagome.Networks.Attention;
using Kagome.Networks.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Networks.Models;

/// <summary>One block: attention and a feed-forward network, each after a layer norm and before a gated residual.</summary>
/// <remarks>Shape: atoms [crystals, atoms, hidden] → the same.</remarks>
public sealed class CrysformerBlock : nn.Module<Tensor, EdgeGeometry, Tensor>
{
    private readonly LayerNorm attentionNorm;
    private readonly EdgeAttention attention;
    private readonly GatedResidual attentionGate;
    private readonly LayerNorm feedForwardNorm;
    private readonly FeedForward feedForward;
    private readonly GatedResidual feedForwardGate;

    public CrysformerBlock(CrysformerConfiguration configuration, IAttentionForm form, Generator generator)
        : base(nameof(CrysformerBlock))
    {
        int hidden = configuration.HiddenDimension;
        attentionNorm = nn.LayerNorm(hidden);
        attention = new EdgeAttention(hidden, configuration.HeadCount, configuration.EdgeFeatureCount, form, generator);
        attentionGate = new GatedResidual(hidden, generator);
        feedForwardNorm = nn.LayerNorm(hidden);
        feedForward = new FeedForward(hidden, generator);
        feedForwardGate = new GatedResidual(hidden, generator);
        register_module("attention_norm", attentionNorm);
        register_module("attention", attention);
        register_module("attention_gate", attentionGate);
        register_module("feed_forward_norm", feedForwardNorm);
        register_module("feed_forward", feedForward);
        register_module("feed_forward_gate", feedForwardGate);
    }

    public override Tensor forward(Tensor atoms, EdgeGeometry geometry)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gathered = attention.forward(attentionNorm.forward(atoms), geometry).to(atoms.dtype);
        Tensor attended = attentionGate.forward(atoms, gathered);
        Tensor fed = feedForward.forward(feedForwardNorm.forward(attended)).to(atoms.dtype);
        return feedForwardGate.forward(attended, fed).MoveToOuterDisposeScope();
    }
}
