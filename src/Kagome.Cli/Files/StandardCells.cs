using Kagome.Cli.Diagnosis;
using Kagome.Core.Lattices;
using Kagome.Core.Structures;
using Kagome.Symmetry;

namespace Kagome.Cli.Files;

/// <summary>Crystals in another cell.</summary>
internal static class StandardCells
{
    /// <exception cref="BadInputException">There is no spglib, or it finds no space group.</exception>
    public static CrystalRecord Of(CrystalRecord record, CellChoice cell, double symprec) =>
        record with
        {
            Structure = cell switch
            {
                CellChoice.Primitive => Symmetry(record, symprec).PrimitiveStandardCell,
                CellChoice.Conventional => Symmetry(record, symprec).ConventionalCell,
                _ => Niggli(record),
            },
        };

    /// <exception cref="BadInputException">There is no spglib, or it finds no space group.</exception>
    public static CrystalSymmetry Symmetry(CrystalRecord record, double symprec)
    {
        if (!SymmetryFinder.IsAvailable)
        {
            throw new BadInputException($"Standard cells need spglib: {SymmetryLibrary.Missing}");
        }

        return new SymmetryFinder(symprec).Find(record.Structure)
            ?? throw new BadInputException(
                $"{record.Id}: no space group within {symprec} Å; expected atoms farther apart than --symprec and at most {SymmetryFinder.MostAtoms}."
            );
    }

    private static Structure Niggli(CrystalRecord record) =>
        NiggliReduction.TryReduce(record.Structure.Lattice, out _)
            ? NiggliCell.Of(record.Structure)
            : throw new BadInputException($"{record.Id}: the cell is too skewed to be reduced.");
}
