using Kagome.Energies;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Tests;

/// <summary>Gradients in the shapes of the paper's code, an axis for the crystals and one for their atoms.</summary>
internal static class OneSizeGradients
{
    public static ProcessState At(Crysformer network, Tensor atomicNumbers, ProcessState state, Tensor times)
    {
        using DisposeScope scope = NewDisposeScope();
        using FoldedCrysformer folded = network.Fold();
        (_, ProcessState gradients) = EnergyGradients.At(
            folded,
            OneSize.Batch(atomicNumbers, state.Coordinates, state.Lattices, times)
        );
        return new ProcessState(
            gradients.Coordinates.view(state.Coordinates.shape).MoveToOuterDisposeScope(),
            gradients.Lattices.MoveToOuterDisposeScope()
        );
    }
}
