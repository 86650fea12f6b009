using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Losses;

/// <summary>How far predicted energies lie from their labels.</summary>
/// <remarks>Shape: both [batch], standardised → scalar. Source: DAO (arXiv 2503.10471), exp_energy_loss.</remarks>
public static class EnergyLoss
{
    /// <summary>mean (e^-Ê - e^-z)²: low energies count, high ones hardly.</summary>
    public static Tensor Exponential(Tensor predicted, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        return ((-predicted).exp() - (-labels).exp()).square().mean().MoveToOuterDisposeScope();
    }

    /// <summary>mean |Ê - z|</summary>
    public static Tensor Absolute(Tensor predicted, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        return (predicted - labels).abs().mean().MoveToOuterDisposeScope();
    }

    /// <summary>mean max(0, z - Ê): the labels are bounds from below.</summary>
    public static Tensor Below(Tensor predicted, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        return (labels - predicted).clamp_min(0).mean().MoveToOuterDisposeScope();
    }

    /// <summary>mean (Ê - z)²</summary>
    public static Tensor Plain(Tensor predicted, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        return (predicted - labels).square().mean().MoveToOuterDisposeScope();
    }
}
