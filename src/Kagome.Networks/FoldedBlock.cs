using Kagome.Networks.Attention;
using Kagome.Networks.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks;

/// <summary>One block ready to be applied.</summary>
/// <param name="AttentionNorm">Before the attention.</param>
/// <param name="Attention">Among the atoms of each crystal.</param>
/// <param name="AttentionGate">Mixes what went into the attention with what came out.</param>
/// <param name="FeedForwardNorm">Before the feed-forward network.</param>
/// <param name="FeedForward">Of each atom alone.</param>
/// <param name="FeedForwardGate">Mixes what went into the feed-forward network with what came out.</param>
public readonly record struct FoldedBlock(
    Norm AttentionNorm,
    FoldedAttention Attention,
    Gate AttentionGate,
    Norm FeedForwardNorm,
    FoldedFeedForward FeedForward,
    Gate FeedForwardGate
)
{
    /// <summary>[atoms, hidden] → the same.</summary>
    public Tensor Apply(Tensor atoms, EdgeGeometry geometry)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gathered = Attention.Attend(AttentionNorm.Apply(atoms), geometry);
        Tensor attended = AttentionGate.Mix(atoms, gathered);
        Tensor fed = FeedForward.Apply(FeedForwardNorm.Apply(attended));
        return FeedForwardGate.Mix(attended, fed).MoveToOuterDisposeScope();
    }
}
