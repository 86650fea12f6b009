using Kagome.Core.Lattices;

namespace Kagome.Core.Neighbors;

/// <summary>The shortest way from one position to any copy of another.</summary>
/// <param name="LengthAngstrom">Length of <paramref name="Vector"/> in Å.</param>
/// <param name="Vector">From the first position to the nearest copy of the second.</param>
/// <param name="Image">The nearest copy is the second position plus this offset.</param>
public readonly record struct PeriodicDistance(double LengthAngstrom, Cartesian Vector, CellOffset Image);
