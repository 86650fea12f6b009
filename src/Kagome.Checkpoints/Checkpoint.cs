using Kagome.Networks.Models;
using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Checkpoints;

/// <summary>A trained network with all that is needed to use it.</summary>
/// <remarks>Owns <see cref="Weights"/>: disposing of it, or of a copy made by <c>with</c>, frees them.</remarks>
public sealed record Checkpoint : IDisposable
{
    public required CrysformerConfiguration Network { get; init; }

    public required DiffusionConfiguration Process { get; init; }

    /// <summary>The noise that the network was trained with; goes before what <see cref="Process"/> would give anew.</summary>
    public required NoiseSchedules Schedules { get; init; }

    /// <summary>The network's state dictionary, the element table included.</summary>
    public required IReadOnlyDictionary<string, Tensor> Weights { get; init; }

    /// <summary>Null for networks that predict no label.</summary>
    public LabelScaler? LabelScaler { get; init; }

    /// <summary>Null for one network; else <see cref="Weights"/> are those of several, as <see cref="EnsembleWeights"/> names them.</summary>
    public PropertyEnsemble? Ensemble { get; init; }

    public required Provenance Provenance { get; init; }

    /// <summary>
    /// SHA-256 of the file it was loaded from, as <c>sha256sum</c> prints it; null before it was saved. Predictions quote it.
    /// </summary>
    public string? Checksum { get; init; }

    /// <summary>A network with these weights, which it copies: the checkpoint can go.</summary>
    /// <exception cref="InvalidOperationException">It holds several networks.</exception>
    public Crysformer CreateNetwork() =>
        Ensemble is null
            ? CreateNetwork(Weights.ToDictionary())
            : throw new InvalidOperationException(
                $"{Provenance.Name} is an ensemble of {Ensemble.FoldCount} networks; expected a fold to be named."
            );

    /// <summary>The network of one fold, counted from 0.</summary>
    public Crysformer CreateNetwork(int fold)
    {
        Dictionary<string, Tensor> weights = EnsembleWeights.Of(fold, Weights);
        weights.Remove(EnsembleWeights.OccurrenceWeight);
        weights.Remove(EnsembleWeights.OccurrenceBias);
        return CreateNetwork(weights);
    }

    private Crysformer CreateNetwork(Dictionary<string, Tensor> weights)
    {
        using Generator generator = new(0); // its draws are overwritten
        Crysformer network = new(Network, weights[CrysformerLayout.ElementTable], generator);
        network.load_state_dict(weights);
        network.eval();
        return network;
    }

    public void Dispose()
    {
        foreach (Tensor tensor in Weights.Values)
        {
            tensor.Dispose();
        }
    }
}
