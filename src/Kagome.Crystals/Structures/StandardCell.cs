using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Structures;

/// <summary>The one cell of a crystal that networks are asked about, whatever cell it was given in.</summary>
/// <remarks>Source: the data handling of DAO and CDVAE: the primitive cell, Niggli-reduced, its vectors rebuilt from lengths and angles.</remarks>
public static class StandardCell
{
    /// <summary>How far atoms may be from a translation that makes the cell smaller: no farther than rounding in a file moves them.</summary>
    private const double ToleranceAngstrom = 0.01;

    /// <summary>The crystal in its primitive Niggli cell, in the standard setting, at positions in [0, 1).</summary>
    /// <exception cref="ArgumentException">The lattice has no Niggli cell in double precision.</exception>
    /// <exception cref="OperationCanceledException">The search for the primitive cell was cancelled.</exception>
    public static Structure Of(Structure structure, CancellationToken cancellation = default)
    {
        Structure reduced = NiggliCell.Of(PrimitiveCell.Of(structure, ToleranceAngstrom, cancellation));
        return new Structure(
            Lattice.FromParameters(reduced.Lattice.Parameters),
            reduced.Sites.Select(site => site with { Position = site.Position.Wrap() })
        );
    }
}
