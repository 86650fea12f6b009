using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Structures;

/// <summary>A crystal described by a larger cell, or by another cell of the same size.</summary>
public static class Supercell
{
    /// <summary>Larger cells are refused: they come from a mistaken matrix.</summary>
    public const int MaximumAtoms = 1_000_000;

    /// <summary>The cell whose lattice vectors are <paramref name="matrix"/> · those of the structure.</summary>
    /// <remarks>
    /// |determinant| copies of every atom: first all copies of atom 0, then all of atom 1, and so on. Positions lie in [0, 1).
    /// A negative determinant turns a right-handed cell into a left-handed one; the crystal in space is the same.
    /// </remarks>
    /// <exception cref="ArgumentException">The determinant is 0, or the cell would hold more than <see cref="MaximumAtoms"/>.</exception>
    public static Structure Of(Structure structure, IntegerMatrix3 matrix)
    {
        long determinant = matrix.ExactDeterminant;
        if (determinant == 0 || Int128.Abs(determinant) * structure.AtomCount > MaximumAtoms)
        {
            throw new ArgumentException(
                $"{matrix} has determinant {determinant}, for {structure.AtomCount} atoms; "
                    + $"expected another number than 0 and at most {MaximumAtoms} atoms in the new cell.",
                nameof(matrix)
            );
        }

        CellOffset[] copies = [.. new HermiteForm(matrix).Offsets()];
        return new(
            structure.Lattice.Transform(matrix),
            structure.Sites.SelectMany(site =>
                copies.Select(copy => site with { Position = ((site.Position + copy) / matrix).Wrap() })
            )
        );
    }

    /// <summary>The cell repeated a number of times along each lattice vector.</summary>
    public static Structure Of(Structure structure, int alongA, int alongB, int alongC) =>
        Of(structure, IntegerMatrix3.Diagonal(alongA, alongB, alongC));
}
