using System.Collections.Immutable;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>The space group of a crystal, and where its usual setting lies in the primitive cell.</summary>
/// <param name="Setting">The usual setting of the group.</param>
/// <param name="Basis">Makes the vectors of the setting from the primitive ones.</param>
/// <param name="Origin">The origin of the setting, along the primitive vectors.</param>
/// <param name="Operations">The operations of the group in the primitive cell, in the order in which they were found, their shifts exact for this origin.</param>
/// <param name="InSetting">The same operations in the usual setting, centring left out.</param>
internal sealed record IdentifiedGroup(
    UsualSetting Setting,
    IntegerMatrix3 Basis,
    Fractional Origin,
    ImmutableArray<SymmetryOperation> Operations,
    ImmutableArray<SymmetryOperation> InSetting
);
