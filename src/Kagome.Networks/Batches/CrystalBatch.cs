using static TorchSharp.torch;

namespace Kagome.Networks.Batches;

/// <summary>Crystals of any sizes as a network takes them.</summary>
/// <param name="Layout">Which atoms belong to which crystal.</param>
/// <param name="AtomicNumbers">[atoms], int64</param>
/// <param name="Coordinates">Fractional; any real numbers. [atoms, 3]</param>
/// <param name="Lattices">Rows a, b, c in Å. [crystals, 3, 3]</param>
/// <param name="Times">The noise levels; 0 for clean crystals. [crystals]</param>
public sealed record CrystalBatch(
    CrystalLayout Layout,
    Tensor AtomicNumbers,
    Tensor Coordinates,
    Tensor Lattices,
    Tensor Times
);
