using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Structures;

/// <summary>A crystal in the Niggli cell of its lattice.</summary>
public static class NiggliCell
{
    /// <summary>The same atoms in the same order in a right-handed Niggli cell, at positions in [0, 1).</summary>
    /// <exception cref="ArgumentException">The lattice has no Niggli cell in double precision.</exception>
    public static Structure Of(Structure structure, NiggliConvention convention = NiggliConvention.Strict) =>
        Of(structure, NiggliReduction.Reduce(structure.Lattice, convention: convention));

    /// <summary>The same atoms in the same order in a cell that was found before, at positions in [0, 1).</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="reduced">Another set of vectors of its lattice.</param>
    public static Structure Of(Structure structure, ReducedLattice reduced) =>
        new(
            reduced.Lattice,
            structure.Sites.Select(site => site with { Position = reduced.FromOriginal(site.Position).Wrap() })
        );
}
