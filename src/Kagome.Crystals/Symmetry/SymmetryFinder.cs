using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>Finds the space group of crystals with spglib, where that is installed.</summary>
/// <remarks>
/// <para>Source: A. Togo, K. Shinohara, I. Tanaka, Sci. Technol. Adv. Mater. Meth. 4 (2024) 2384822 (spglib).</para>
/// <para>Safe to use from several threads.</para>
/// </remarks>
public sealed class SymmetryFinder
{
    /// <summary>The tolerance that the Materials Project uses. Generated and relaxed structures are not exact: 0.01 Å finds P1 in many.</summary>
    public const double DefaultSymprecAngstrom = 0.1;

    /// <summary>The most atoms that are analysed: time grows with their square, and this many take a second or so.</summary>
    public const int MostAtoms = 1000;

    /// <summary>The largest ratio of the longest to the shortest vector of the reduced cell: polytypes reach some 70; spglib takes minutes for needles.</summary>
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

    /// <summary>Whether spglib is there; <see cref="SpglibInstallation"/> says more.</summary>
    public static bool IsAvailable => SpglibInstallation.Current.IsAvailable;

    /// <summary>One line for those who miss the space groups: what is wrong with spglib, and the way out.</summary>
    public static string Missing => $"spglib {SpglibInstallation.Current.Problem}. {SpglibInstallation.WayOut}";

    /// <summary>The symmetry; null where there is no spglib, or where it cannot be determined.</summary>
    /// <remarks>Never throws, whatever the cell. <see cref="Untried"/> tells whether it was searched for at all.</remarks>
    public CrystalSymmetry? Find(Structure structure) =>
        Untried(structure) is null
            ? SpglibSearch.Find(NiggliCell.Of(structure), SymprecAngstrom) // in very skewed cells spglib finds less, or crashes
            : null;

    /// <summary>Why no space group is searched for, as a sentence without a full stop; null where it is.</summary>
    /// <remarks>
    /// There is no spglib, there are more than <see cref="MostAtoms"/>, the cell is too skewed or too long to measure in, or atoms are closer to
    /// each other than symprec.
    /// </remarks>
    public string? Untried(Structure structure) =>
        !IsAvailable ? Missing.TrimEnd('.')
        : structure.AtomCount > MostAtoms
            ? $"{structure.AtomCount} atoms are more than the {MostAtoms} that are searched; give the primitive cell"
        : !NiggliReduction.TryReduce(structure.Lattice, out ReducedLattice? reduced)
        || !IsSensible(reduced.Lattice.Parameters)
            ? "the cell is too skewed or too long"
        : PeriodicDistances.Shortest(structure) > SymprecAngstrom ? null
        : $"atoms are closer to each other than {SymprecAngstrom} Å";

    /// <summary>Whether the cell is no needle, and longer than the tolerance, so that each atom has one symmetric place.</summary>
    private bool IsSensible(LatticeParameters reduced) =>
        reduced.A > SymprecAngstrom && reduced.C < LargestAspect * reduced.A;
}
