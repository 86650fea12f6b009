using System.Collections.Immutable;
using Kagome.Core.Lattices;

namespace Kagome.Core.Symmetry;

/// <summary>A crystal told by its space group and the atoms that its symmetry repeats.</summary>
/// <param name="HermannMauguinSymbol">The short symbol with spaces, such as <c>F m -3 m</c>.</param>
/// <param name="Number">Space group number of International Tables A, 1 to 230.</param>
/// <param name="Lattice">The cell, usually the conventional one, that operations and positions refer to.</param>
/// <param name="Operations">Every symmetry of the cell, centring included, modulo lattice vectors; the identity is one of them.</param>
/// <param name="AsymmetricUnit">One atom of each set of symmetry images.</param>
public sealed record SymmetryDescription(
    string HermannMauguinSymbol,
    int Number,
    Lattice Lattice,
    ImmutableArray<SymmetryOperation> Operations,
    ImmutableArray<AsymmetricSite> AsymmetricUnit
);
