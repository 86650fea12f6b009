using System.Diagnostics.CodeAnalysis;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Schedules;
using static TorchSharp.torch;

namespace Kagome.Models;

/// <summary>A trained network with all that is needed to use it.</summary>
/// <remarks>
/// Owns <see cref="Weights"/>: disposing of it frees them. One that is made from another borrows them, and owns nothing. Safe to read from several threads; disposing of it is not.
/// </remarks>
public sealed class Checkpoint : IDisposable
{
    private readonly bool isOwner = true;

    /// <summary>A model whose parts an initializer gives; it owns the weights that it is given.</summary>
    public Checkpoint() { }

    /// <summary>The same model, to be changed in parts by an initializer. It borrows the lender's weights, and is of use as long as that is.</summary>
    [SetsRequiredMembers]
    public Checkpoint(Checkpoint lender)
    {
        isOwner = false;
        (Network, Process, Schedules, Weights) = (lender.Network, lender.Process, lender.Schedules, lender.Weights);
        (LabelScaler, Ensemble, Provenance) = (lender.LabelScaler, lender.Ensemble, lender.Provenance);
        Checksum = lender.Checksum;
    }

    /// <summary>The shape of the network, which the weights fit.</summary>
    public required CrysformerConfiguration Network { get; init; }

    /// <summary>The process that the network was trained with; of diffusion, what <see cref="Schedules"/> were made from.</summary>
    public required ProcessConfiguration Process { get; init; }

    /// <summary>The noise that a network of diffusion was trained with, which goes before what <see cref="Process"/> would give anew; null for a flow.</summary>
    public required NoiseSchedules? Schedules { get; init; }

    /// <summary>The network's state dictionary, the element table included.</summary>
    public required IReadOnlyDictionary<string, Tensor> Weights { get; init; }

    /// <summary>Null for networks that predict no label.</summary>
    public LabelScaler? LabelScaler { get; init; }

    /// <summary>Null for one network; else <see cref="Weights"/> are those of several, as <see cref="EnsembleWeights"/> names them.</summary>
    public PropertyEnsemble? Ensemble { get; init; }

    /// <summary>Where the network comes from, and what it has seen.</summary>
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
        return CreateNetwork(weights);
    }

    /// <summary>The same model under another origin.</summary>
    /// <returns>It borrows the weights, and is of use as long as this checkpoint is.</returns>
    public Checkpoint WithProvenance(Provenance provenance) => new(this) { Provenance = provenance };

    /// <summary>The network without what it predicts of energies and types, for a run that trains a head of its own.</summary>
    /// <returns>It borrows the weights, and is of use as long as this checkpoint is.</returns>
    public Checkpoint WithoutHeads() =>
        new(this)
        {
            Network = Network with { HasEnergyHead = false, HasTypeHead = false },
            LabelScaler = null,
            Weights = Weights
                .Where(weight =>
                    !weight.Key.StartsWith(CrysformerLayout.EnergyHead, StringComparison.Ordinal)
                    && !weight.Key.StartsWith(CrysformerLayout.TypeHead, StringComparison.Ordinal)
                )
                .ToDictionary(),
        };

    private Crysformer CreateNetwork(Dictionary<string, Tensor> weights)
    {
        using Generator generator = new(0); // its draws are overwritten
        Crysformer network = new(Network, weights[CrysformerLayout.ElementTable], generator);
        network.load_state_dict(weights);
        network.eval();
        return network;
    }

    /// <summary>Frees the weights, unless they are borrowed.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in isOwner ? Weights.Values : [])
        {
            tensor.Dispose();
        }
    }
}
