using static TorchSharp.torch;

namespace Kagome.Networks;

/// <summary>What a Crysformer says of a batch of crystals.</summary>
/// <param name="Lattices">M L: turns with the lattice. [crystals, 3, 3]</param>
/// <param name="Coordinates">In the fractional basis. [atoms, 3]</param>
/// <param name="CrystalFeatures">The mean over a crystal's atoms. [crystals, hidden]</param>
/// <param name="Energies">Standardised energies [crystals]; null without an energy head.</param>
/// <param name="TypeLogits">As the coordinates, with 100 in place of 3; null without a type head.</param>
public sealed record CrysformerOutput(
    Tensor Lattices,
    Tensor Coordinates,
    Tensor CrystalFeatures,
    Tensor? Energies,
    Tensor? TypeLogits
)
{
    /// <summary>Keeps the tensors beyond the current dispose scope.</summary>
    internal CrysformerOutput MoveToOuterDisposeScope()
    {
        foreach (Tensor? tensor in new[] { Lattices, Coordinates, CrystalFeatures, Energies, TypeLogits })
        {
            tensor?.MoveToOuterDisposeScope();
        }

        return this;
    }
}
