using System.Collections.Immutable;
using Kagome.Core.Lattices;

namespace Kagome.Evaluation.Matching;

/// <summary>How one crystal lies on another. Sites and lattices are those of <see cref="PreparedStructure.Reduced"/>.</summary>
/// <param name="Rms">Root mean square displacement in units of (V/N)^(1/3); no unit.</param>
/// <param name="LargestDistance">Largest displacement in units of (V/N)^(1/3); no unit.</param>
/// <param name="LatticeTransform">Makes, from the first lattice, the vectors that correspond to the second. Determinant 1 or -1.</param>
/// <param name="SiteMapping">Site i of the second crystal lies on site SiteMapping[i] of the first.</param>
public sealed record StructureMatch(
    double Rms,
    double LargestDistance,
    IntegerMatrix3 LatticeTransform,
    ImmutableArray<int> SiteMapping
);
