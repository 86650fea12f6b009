using static TorchSharp.torch;

namespace Kagome.Training.Data;

/// <summary>Crystals of one atom count as tensors.</summary>
/// <param name="CrystalCount">How many.</param>
/// <param name="AtomicNumbers">[crystals, atoms], int64</param>
/// <param name="Coordinates">[crystals, atoms, 3], fractional</param>
/// <param name="Lattices">[crystals, 3, 3], Å</param>
public sealed record TrainingBatch(int CrystalCount, Tensor AtomicNumbers, Tensor Coordinates, Tensor Lattices);
