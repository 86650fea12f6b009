using Kagome.Core.Lattices;
using Kagome.Core.Neighbors;
using Kagome.Core.Structures;
using Kagome.Symmetry.Spglib;

namespace Kagome.Symmetry;

/// <summary>Finds the space group of crystals with spglib, where that is installed.</summary>
/// <remarks>
/// <para>Source: A. Togo, K. Shinohara, I. Tanaka, Sci. Technol. Adv. Mater. Meth. 4 (2024) 2384822 (spglib).</para>
/// <para>Safe to use from several threads.</para>
/// </remarks>
public sealed class SymmetryFinder
{
    /// <summary>What the Materials Project uses. Generated and relaxed structures are not exact: 0.01 Å finds P1 in many.</summary>
    public const double DefaultSymprecAngstrom = 0.1;

    /// <summary>Time grows with the square: this many take a second or so.</summary>
    public const int MostAtoms = 1000;

    /// <summary>Of the longest to the shortest vector of the reduced cell: polytypes reach some 70; spglib takes minutes for needles.</summary>
    private const double LargestAspect = 200;

    private readonly double symprecAngstrom;

    /// <param name="symprecAngstrom">How far atoms may be from their symmetric places.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is not a number above 0.</exception>
    public SymmetryFinder(double symprecAngstrom = DefaultSymprecAngstrom)
    {
        if (!double.IsFinite(symprecAngstrom) || symprecAngstrom <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(symprecAngstrom),
                symprecAngstrom,
                $"symprec is {symprecAngstrom}; expected a distance in Å above 0, such as 0.1."
            );
        }

        this.symprecAngstrom = symprecAngstrom;
    }

    /// <summary>Whether spglib is there; <see cref="SpglibInstallation"/> says more.</summary>
    public static bool IsAvailable => SpglibInstallation.Current.IsAvailable;

    /// <summary>The symmetry; null where there is no spglib, or where there is no telling.</summary>
    /// <remarks>
    /// There is no telling where atoms are closer to each other than symprec, the cell is too skewed or too long to measure in, or there
    /// are more than <see cref="MostAtoms"/>. Never throws, whatever the cell.
    /// </remarks>
    public CrystalSymmetry? Find(Structure structure) =>
        IsAvailable
        && structure.AtomCount <= MostAtoms
        && NiggliReduction.TryReduce(structure.Lattice, out ReducedLattice? reduced)
        && IsSensible(reduced.Lattice.Parameters)
        && PeriodicDistances.Shortest(structure) > symprecAngstrom
            ? SpglibSearch.Find(NiggliCell.Of(structure), symprecAngstrom) // in very skewed cells spglib finds less, or crashes
            : null;

    /// <summary>Longer than the tolerance, so that each atom has one symmetric place, and no needle.</summary>
    private bool IsSensible(LatticeParameters reduced) =>
        reduced.A > symprecAngstrom && reduced.C < LargestAspect * reduced.A;
}
