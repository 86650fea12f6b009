using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>Finds the space group of crystals.</summary>
/// <remarks>
/// <para>
/// From the primitive cell: operations of its lattice that take each atom near one of its kind, the group that they are, and the places where
/// that puts cell and atoms exactly. Tolerance and settings mean what they do in spglib, which the tests compare with.
/// </para>
/// <para>Source: A. Togo, K. Shinohara, I. Tanaka, Sci. Technol. Adv. Mater. Meth. 4 (2024) 2384822, for the steps and what symprec is.</para>
/// <para>Safe to use from several threads.</para>
/// </remarks>
public sealed class SymmetryFinder
{
    /// <summary>The tolerance that the Materials Project uses. Generated and relaxed structures are not exact: 0.01 Å finds P1 in many.</summary>
    public const double DefaultSymprecAngstrom = 0.1;

    /// <summary>The most atoms of a primitive cell that are analysed: time grows with their square.</summary>
    public const int MostAtoms = 1000;

    /// <summary>The largest ratio of the longest to the shortest vector of the reduced cell: polytypes reach some 70.</summary>
    private const double LargestAspect = 200;

    /// <param name="symprecAngstrom">How far atoms may be from their symmetric places.</param>
    /// <exception cref="OptionException">The distance is not a number above 0.</exception>
    public SymmetryFinder(double symprecAngstrom = DefaultSymprecAngstrom)
    {
        OptionException.RequirePositive("Symprec", symprecAngstrom, "0.1");
        SymprecAngstrom = symprecAngstrom;
    }

    /// <summary>How far atoms may be from their symmetric places.</summary>
    public double SymprecAngstrom { get; }

    /// <summary>The symmetry; null where it cannot be determined.</summary>
    /// <remarks>Never throws, whatever the cell. <see cref="Untried"/> tells whether it was searched for at all.</remarks>
    public CrystalSymmetry? Find(Structure structure) =>
        Problem(structure, out PrimitiveCrystal? primitive) is null && primitive is not null
            ? SymmetrySearch.Find(structure, primitive)
            : null;

    /// <summary>Why no space group is searched for, as a sentence without a full stop; null where it is.</summary>
    /// <remarks>
    /// There are more than <see cref="MostAtoms"/> in the primitive cell, the cell is too skewed or too long to measure in, or atoms are closer to
    /// each other than symprec.
    /// </remarks>
    public string? Untried(Structure structure) => Problem(structure, out _);

    private string? Problem(Structure structure, out PrimitiveCrystal? primitive)
    {
        const string Skewed = "the cell is too skewed or too long";
        primitive = null;
        if (!NiggliReduction.TryReduce(structure.Lattice, out ReducedLattice? reduced))
        {
            return Skewed;
        }

        string close = $"atoms are closer to each other than {SymprecAngstrom} Å";
        if (reduced.Lattice.Parameters.A <= SymprecAngstrom)
        {
            return close;
        }

        primitive = PrimitiveSearch.Of(structure, reduced, SymprecAngstrom);
        return primitive is null || IsNeedle(primitive.Cell.Lattice.Parameters) ? Skewed
            : primitive.Cell.Lattice.Parameters.A <= SymprecAngstrom ? close
            : primitive.Cell.AtomCount > MostAtoms
                ? $"{primitive.Cell.AtomCount} atoms in the primitive cell are more than the {MostAtoms} that are searched"
            : PeriodicDistances.Shortest(primitive.Cell) > SymprecAngstrom ? null
            : close;
    }

    private static bool IsNeedle(LatticeParameters reduced) => reduced.C >= LargestAspect * reduced.A;
}
