using Kagome.Crystals.Compositions;

namespace Kagome;

/// <summary>A structure to be made.</summary>
/// <param name="Composition">All atoms of the cell.</param>
/// <param name="Seed">Of all its noise.</param>
internal sealed record SeededCell(Composition Composition, long Seed);
