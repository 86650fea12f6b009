using Kagome.Networks.Batches;
using static TorchSharp.torch;

namespace Kagome.Training.Data;

/// <summary>Crystals of any sizes as tensors.</summary>
/// <param name="Layout">Which atoms belong to which crystal.</param>
/// <param name="AtomicNumbers">[atoms], int64</param>
/// <param name="Coordinates">[atoms, 3], fractional</param>
/// <param name="Lattices">[crystals, 3, 3], Å</param>
/// <param name="Labels">In the label's unit, NaN where there is none; null where the set keeps no label. [crystals]</param>
public sealed record TrainingBatch(
    CrystalLayout Layout,
    Tensor AtomicNumbers,
    Tensor Coordinates,
    Tensor Lattices,
    Tensor? Labels = null
)
{
    public int CrystalCount => Layout.CrystalCount;

    /// <summary>The crystals as a network takes them, in another state.</summary>
    /// <param name="coordinates">[atoms, 3], fractional</param>
    /// <param name="lattices">[crystals, 3, 3], Å</param>
    /// <param name="times">[crystals], the noise level</param>
    public CrystalBatch In(Tensor coordinates, Tensor lattices, Tensor times) =>
        new(Layout, AtomicNumbers, coordinates, lattices, times);

    /// <summary>The crystals as a network takes them, as they are: at t = 0.</summary>
    public CrystalBatch Clean() =>
        In(Coordinates, Lattices, zeros(CrystalCount, dtype: ScalarType.Int64, device: Lattices.device));
}
