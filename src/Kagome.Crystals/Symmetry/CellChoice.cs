using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>The cell to describe a crystal by.</summary>
public enum CellChoice
{
    /// <summary>The standard primitive cell of its space group, atoms moved to exact symmetry.</summary>
    Primitive,

    /// <summary>The standard conventional cell of its space group, atoms moved to exact symmetry.</summary>
    Conventional,

    /// <summary>The Niggli cell of the lattice that is given; the atoms stay where they are.</summary>
    Niggli,
}

/// <summary>Crystals in another cell.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public static class CrystalCells
{
    /// <summary>The crystal in another cell, under its name and with its labels.</summary>
    /// <param name="crystal">The crystal in any cell.</param>
    /// <param name="cell">The cell that is wanted.</param>
    /// <param name="symprec">How far, in Å, atoms may be from their symmetric places; above 0. Ignored for the Niggli cell.</param>
    /// <exception cref="OptionException">A distance is not a number above 0.</exception>
    /// <exception cref="InputException">No space group is found, or the cell is too skewed.</exception>
    public static CrystalRecord In(
        this CrystalRecord crystal,
        CellChoice cell,
        double symprec = SymmetryFinder.DefaultSymprecAngstrom
    ) =>
        crystal with
        {
            Structure = cell switch
            {
                CellChoice.Primitive => SymmetryOf(crystal, symprec).PrimitiveStandardCell,
                CellChoice.Conventional => SymmetryOf(crystal, symprec).ConventionalCell,
                _ => Niggli(crystal),
            },
        };

    /// <summary>The symmetry of a crystal that must have one.</summary>
    /// <exception cref="OptionException">A distance is not a number above 0.</exception>
    /// <exception cref="InputException">No space group is found.</exception>
    public static CrystalSymmetry SymmetryOf(
        CrystalRecord crystal,
        double symprec = SymmetryFinder.DefaultSymprecAngstrom
    ) =>
        new SymmetryFinder(symprec).Find(crystal.Structure)
        ?? throw new InputException(
            $"{crystal.Id}: no space group within {symprec} Å; expected atoms farther apart than Symprec and at most {SymmetryFinder.MostAtoms}.",
            symprec,
            "Symprec"
        );

    private static Structure Niggli(CrystalRecord crystal) =>
        NiggliReduction.TryReduce(crystal.Structure.Lattice, out _)
            ? NiggliCell.Of(crystal.Structure)
            : throw new InputException($"{crystal.Id}: the cell is too skewed to be reduced.");
}
