using Kagome.Networks;
using Kagome.Networks.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Testing;

/// <summary>Crystals of one size as the paper's code has them, an axis for the crystals and one for their atoms.</summary>
public static class OneSize
{
    /// <param name="network">Evaluated.</param>
    /// <param name="atomicNumbers">[crystals, atoms], int64</param>
    /// <param name="coordinates">[crystals, atoms, 3]</param>
    /// <param name="lattices">[crystals, 3, 3]</param>
    /// <param name="times">[crystals]</param>
    public static CrysformerOutput Evaluate(
        this Crysformer network,
        Tensor atomicNumbers,
        Tensor coordinates,
        Tensor lattices,
        Tensor times
    ) => Shaped(network.Evaluate, atomicNumbers, coordinates, lattices, times);

    /// <inheritdoc cref="Evaluate(Crysformer, Tensor, Tensor, Tensor, Tensor)"/>
    public static CrysformerOutput Evaluate(
        this FoldedCrysformer network,
        Tensor atomicNumbers,
        Tensor coordinates,
        Tensor lattices,
        Tensor times
    ) => Shaped(network.Evaluate, atomicNumbers, coordinates, lattices, times);

    /// <summary>The network as a function of four tensors.</summary>
    public static Func<Tensor, Tensor, Tensor, Tensor, CrysformerOutput> Of(Crysformer network) =>
        (atomicNumbers, coordinates, lattices, times) => network.Evaluate(atomicNumbers, coordinates, lattices, times);

    /// <inheritdoc cref="Of(Crysformer)"/>
    public static Func<Tensor, Tensor, Tensor, Tensor, CrysformerOutput> Of(FoldedCrysformer network) =>
        (atomicNumbers, coordinates, lattices, times) => network.Evaluate(atomicNumbers, coordinates, lattices, times);

    /// <summary>The batch of crystals of one size.</summary>
    public static CrystalBatch Batch(Tensor atomicNumbers, Tensor coordinates, Tensor lattices, Tensor times) =>
        new(
            CrystalLayout.Uniform(coordinates.shape[0], coordinates.shape[1]),
            atomicNumbers.flatten(),
            coordinates.reshape(-1, 3),
            lattices,
            times
        );

    private static CrysformerOutput Shaped(
        Func<CrystalBatch, CrysformerOutput> evaluate,
        Tensor atomicNumbers,
        Tensor coordinates,
        Tensor lattices,
        Tensor times
    )
    {
        using DisposeScope scope = NewDisposeScope();
        (long crystals, long atoms) = (coordinates.shape[0], coordinates.shape[1]);
        CrysformerOutput output = evaluate(Batch(atomicNumbers, coordinates, lattices, times));
        CrysformerOutput shaped = output with
        {
            Coordinates = output.Coordinates.view(crystals, atoms, 3),
            TypeLogits = output.TypeLogits?.view(crystals, atoms, -1),
        };
        return shaped.MoveToOuterDisposeScope();
    }
}
