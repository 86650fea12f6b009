using Kagome.Networks.Batches;
using Kagome.Networks.Models;
using Kagome.Processes;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Sampling.Guidance;

/// <summary>How a network's energy changes with a crystal's geometry: what guides samples and relaxes structures.</summary>
/// <remarks>Of the summed standardised energies, so each crystal's gradient is its own. Source: DAO (arXiv 2503.10471), A.11.</remarks>
public static class EnergyGradients
{
    /// <summary>Gradients by coordinates [crystals, atoms, 3] and lattices [crystals, 3, 3].</summary>
    /// <inheritdoc cref="WithEnergies(Crysformer, Tensor, ProcessState, Tensor)"/>
    public static ProcessState At(Crysformer network, Tensor atomicNumbers, ProcessState state, Tensor times)
    {
        (Tensor energies, ProcessState gradients) = WithEnergies(network, atomicNumbers, state, times);
        energies.Dispose();
        return gradients;
    }

    /// <summary>Standardised energies [crystals], and their gradients by coordinates [crystals, atoms, 3] and lattices [crystals, 3, 3].</summary>
    /// <param name="network">With an energy head.</param>
    /// <param name="atomicNumbers">[crystals, atoms], int64</param>
    /// <param name="state">Where to take them.</param>
    /// <param name="times">[crystals], int64; 0 for clean crystals</param>
    /// <exception cref="ArgumentException">The network has no energy head.</exception>
    public static (Tensor Energies, ProcessState Gradients) WithEnergies(
        Crysformer network,
        Tensor atomicNumbers,
        ProcessState state,
        Tensor times
    ) =>
        WithEnergies(
            (coordinates, lattices) => network.Evaluate(atomicNumbers, coordinates, lattices, times).Energies,
            state
        );

    /// <summary>Gradients by coordinates [atoms, 3] and lattices [crystals, 3, 3] for crystals of any sizes.</summary>
    /// <inheritdoc cref="WithEnergies(Crysformer, Tensor, ProcessState, Tensor)"/>
    public static ProcessState At(
        Crysformer network,
        CrystalLayout layout,
        Tensor atomicNumbers,
        ProcessState state,
        Tensor times
    )
    {
        (Tensor energies, ProcessState gradients) = WithEnergies(
            (coordinates, lattices) =>
                network.Evaluate(new CrystalBatch(layout, atomicNumbers, coordinates, lattices, times)).Energies,
            state
        );
        energies.Dispose();
        return gradients;
    }

    private static (Tensor Energies, ProcessState Gradients) WithEnergies(
        Func<Tensor, Tensor, Tensor?> energiesOf,
        ProcessState state
    )
    {
        using IDisposable gradient = set_grad_enabled(true);
        using DisposeScope scope = NewDisposeScope();
        Tensor coordinates = state.Coordinates.detach().clone().requires_grad_(true);
        Tensor lattices = state.Lattices.detach().clone().requires_grad_(true);
        Tensor energies =
            energiesOf(coordinates, lattices)
            ?? throw new ArgumentException("The network has no energy head; expected DAO-P.", nameof(energiesOf));
        IList<Tensor> gradients = autograd.grad([energies.sum()], [coordinates, lattices]);
        return (
            energies.detach().MoveToOuterDisposeScope(),
            new ProcessState(gradients[0].MoveToOuterDisposeScope(), gradients[1].MoveToOuterDisposeScope())
        );
    }
}
