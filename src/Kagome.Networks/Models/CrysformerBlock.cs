using Kagome.Networks.Attention;
using Kagome.Networks.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Kagome.Networks.Models;

/// <summary>One block: attention and a feed-forward network, each after a layer norm and before a gated residual.</summary>
/// <remarks>Shape: atoms [crystals, atoms, hidden] → the same.</remarks>
public sealed class CrysformerBlock : nn.Module<Tensor, EdgeGeometry, Tensor>
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
        RegisterComponents();
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
