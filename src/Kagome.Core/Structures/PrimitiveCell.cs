namespace Kagome.Core.Structures;

/// <summary>The smallest cell that describes a crystal, allowing for small displacements of the atoms.</summary>
/// <remarks>
/// The meaning of pymatgen 2022.11.7's Structure.get_primitive_structure: a translation counts when it takes every atom
/// to within the tolerance, along each lattice vector, of an atom of its element; atoms that become one are averaged.
/// </remarks>
public static class PrimitiveCell
{
    public const double DefaultToleranceAngstrom = 0.25;

    /// <summary>The crystal in its primitive cell, Niggli-reduced; the structure itself where no smaller cell is found.</summary>
    /// <remarks>In a smaller cell the atoms are sorted by element symbol.</remarks>
    /// <exception cref="ArgumentException">The lattice has no Niggli cell in double precision.</exception>
    public static Structure Of(Structure structure, double toleranceAngstrom = DefaultToleranceAngstrom)
    {
        Structure smallest = structure;
        // each step divides the number of atoms by 2 or more
        while (new CenteringSearch(smallest, toleranceAngstrom).FindSmallerCell() is { } smaller)
        {
            smallest = smaller;
        }

        return ReferenceEquals(smallest, structure) ? structure : NiggliCell.Of(smallest);
    }
}
