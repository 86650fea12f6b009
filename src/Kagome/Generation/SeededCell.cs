using Kagome.Crystals.Compositions;
using Kagome.Crystals.Symmetry;

namespace Kagome;

/// <summary>A structure to be made.</summary>
/// <param name="Composition">All atoms of the cell.</param>
/// <param name="Seed">Of all its noise.</param>
/// <param name="Assignment">The orbits that its atoms have to take, which are of the same composition; null where it is free.</param>
internal sealed record SeededCell(Composition Composition, long Seed, WyckoffAssignment? Assignment = null);
