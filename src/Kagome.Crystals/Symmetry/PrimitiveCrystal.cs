using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>A crystal in a reduced primitive cell, and how the cell that was given lies in it.</summary>
/// <param name="Cell">Right-handed and Niggli-reduced; atoms that a translation joins are averaged.</param>
/// <param name="Given">Makes the vectors of the cell that was given from those of the primitive one.</param>
/// <param name="AtomOf">For each atom that was given the atom of the primitive cell.</param>
/// <param name="ToleranceAngstrom">The distance that was allowed; it is less than was asked for where that gives no lattice.</param>
internal sealed record PrimitiveCrystal(
    Structure Cell,
    IntegerMatrix3 Given,
    ImmutableArray<int> AtomOf,
    double ToleranceAngstrom
);
