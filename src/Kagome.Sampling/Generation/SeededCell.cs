using Kagome.Core.Compositions;

namespace Kagome.Sampling.Generation;

/// <summary>A structure to be made.</summary>
/// <param name="Composition">All atoms of the cell.</param>
/// <param name="Seed">Of all its noise.</param>
public sealed record SeededCell(Composition Composition, long Seed);
