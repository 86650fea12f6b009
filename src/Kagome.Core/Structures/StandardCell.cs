using Kagome.Core.Lattices;

namespace Kagome.Core.Structures;

/// <summary>One description for all descriptions of a crystal's lattice: what a network that sees cells is to be asked of.</summary>
/// <remarks>Source: the data handling of DAO and CDVAE: the primitive cell, Niggli-reduced, its vectors rebuilt from lengths and angles.</remarks>
public static class StandardCell
{
    /// <summary>Only translations that are exact but for rounding in a file make a cell smaller.</summary>
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
