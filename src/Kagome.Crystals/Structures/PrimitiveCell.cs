using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Structures;

/// <summary>The smallest cell that describes a crystal, allowing for small displacements of the atoms.</summary>
/// <remarks>
/// The meaning of pymatgen 2022.11.7's Structure.get_primitive_structure: a translation counts when it takes every atom
/// to within the tolerance, along each lattice vector, of an atom of its element; atoms that become one are averaged.
/// </remarks>
public static class PrimitiveCell
{
    /// <summary>How far, in Å along each lattice vector, atoms may be from where a translation takes them: pymatgen's default.</summary>
    public const double DefaultToleranceAngstrom = 0.25;

    /// <summary>The crystal in its primitive cell, Niggli-reduced; the structure itself where no smaller cell is found.</summary>
    /// <remarks>In a smaller cell the atoms are sorted by element symbol. Each step leaves half of the atoms or fewer.</remarks>
    /// <exception cref="ArgumentException">The lattice has no Niggli cell in double precision.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled: it can be long for hundreds of atoms.</exception>
    public static Structure Of(
        Structure structure,
        double toleranceAngstrom = DefaultToleranceAngstrom,
        CancellationToken cancellationToken = default
    )
    {
        CentringTranslations search = new(structure, toleranceAngstrom, cancellationToken);
        return search.FindSmallerCell() is { } smaller
            ? NiggliCell.Of(Of(smaller, toleranceAngstrom, cancellationToken), NiggliConvention.Pymatgen)
            : structure;
    }
}
