using static TorchSharp.torch;

namespace Kagome.Training.Data;

/// <summary>Crystals of one atom count as tensors.</summary>
/// <param name="CrystalCount">How many.</param>
/// <param name="AtomicNumbers">[crystals, atoms], int64</param>
/// <param name="Coordinates">[crystals, atoms, 3], fractional</param>
/// <param name="Lattices">[crystals, 3, 3], Å</param>
/// <param name="Labels">In the label's unit, NaN where there is none; null where the set keeps no label. [crystals]</param>
public sealed record TrainingBatch(
    int CrystalCount,
    Tensor AtomicNumbers,
    Tensor Coordinates,
    Tensor Lattices,
    Tensor? Labels = null
);
