using Kagome.Core.Lattices;

namespace Kagome.Evaluation.Matching;

/// <summary>Three vectors of one lattice that are like the three vectors of another.</summary>
/// <param name="Transform">Makes the vectors from those of their lattice. Determinant 1 or -1.</param>
/// <param name="Parameters">Their lengths and angles.</param>
internal readonly record struct LatticeMapping(IntegerMatrix3 Transform, LatticeParameters Parameters);
