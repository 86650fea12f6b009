using Kagome.Core.Lattices;
using Kagome.Core.Structures;

namespace Kagome.Formats;

/// <summary>Prepares structures for formats that keep a cell as lengths and angles, which describe right-handed cells only.</summary>
internal static class RightHandedCell
{
    /// <summary>The same crystal with a right-handed cell: where a, b, c are left-handed, all three and all positions change sign.</summary>
    /// <remarks>Without that, the crystal would be written as its mirror image.</remarks>
    public static Structure Of(Structure structure)
    {
        if (structure.Lattice.Determinant > 0)
        {
            return structure;
        }

        return new Structure(
            new(-1 * structure.Lattice.A, -1 * structure.Lattice.B, -1 * structure.Lattice.C),
            structure.Sites.Select(site => site with { Position = default(Fractional) - site.Position })
        );
    }
}
