using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Processes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Energies;

/// <summary>How a network's energy changes with a crystal's geometry: what guides samples and relaxes structures.</summary>
/// <remarks>Of the summed standardised energies, so each crystal's gradient is its own. Source: DAO (arXiv 2503.10471), A.11.</remarks>
internal static class EnergyGradients
{
    /// <summary>Standardised energies [crystals], and their gradients by coordinates [atoms, 3] and lattices [crystals, 3, 3].</summary>
    /// <param name="network">Has an energy head.</param>
    /// <param name="batch">Where to take them.</param>
    /// <exception cref="ArgumentException">The network has no energy head.</exception>
    public static (Tensor Energies, ProcessState Gradients) At(FoldedCrysformer network, CrystalBatch batch)
    {
        using IDisposable gradient = set_grad_enabled(true);
        using DisposeScope scope = NewDisposeScope();
        Tensor coordinates = batch.Coordinates.detach().clone().requires_grad_(true);
        Tensor lattices = batch.Lattices.detach().clone().requires_grad_(true);
        Tensor energies =
            network.Evaluate(batch with { Coordinates = coordinates, Lattices = lattices }).Energies
            ?? throw new ArgumentException("The network has no energy head; expected DAO-P.", nameof(network));
        IList<Tensor> gradients = autograd.grad([energies.sum()], [coordinates, lattices]);
        return (
            energies.detach().MoveToOuterDisposeScope(),
            new ProcessState(gradients[0].MoveToOuterDisposeScope(), gradients[1].MoveToOuterDisposeScope())
        );
    }
}
