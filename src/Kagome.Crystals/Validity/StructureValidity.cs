using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Validity;

/// <summary>Tells whether a structure could be a crystal at all: the coarse test that generated structures have to pass.</summary>
/// <remarks>
/// <para>
/// Source: the structural validity of CDVAE (Xie et al., ICLR 2022, arXiv:2110.06197), as DiffCSP and others report it: atoms at
/// least 0.5 Å apart, a cell of at least 0.1 Å³. Differs: an atom and its own periodic copies count as a pair too.
/// </para>
/// <para>Safe to use from several threads.</para>
/// </remarks>
public static class StructureValidity
{
    /// <summary>Atoms that are closer than this, in Å, cannot be those of a crystal.</summary>
    public const double SmallestDistanceAngstrom = 0.5;

    /// <summary>A cell that is smaller than this, in Å³, cannot be that of a crystal.</summary>
    public const double SmallestVolumeCubicAngstrom = 0.1;

    /// <summary>The most atoms whose distances are measured: time grows with their square, and this many take some seconds.</summary>
    public const int MostMeasuredAtoms = 2000;

    /// <summary>Whether the structure passes: <see cref="Problem"/> finds nothing wrong. Never throws; slow for thousands of atoms.</summary>
    public static bool IsValid(Structure structure) => Problem(structure) is null;

    /// <summary>What is wrong with the structure, or null when it is valid. Never throws, whatever the cell.</summary>
    public static string? Problem(Structure structure)
    {
        double volume = structure.Lattice.Volume;
        if (volume < SmallestVolumeCubicAngstrom)
        {
            return $"the cell has a volume of {volume} Å³; expected at least {SmallestVolumeCubicAngstrom}";
        }

        if (ShortestDistance(structure) is not { } shortest)
        {
            return "the cell is too skewed to measure distances in";
        }

        return shortest >= SmallestDistanceAngstrom
            ? null
            : $"two atoms are {shortest:0.###} Å apart; expected at least {SmallestDistanceAngstrom}";
    }

    /// <summary>What is wrong with the structure, found within a few seconds: more than <see cref="MostMeasuredAtoms"/> atoms are a problem, too.</summary>
    public static string? QuickProblem(Structure structure) =>
        structure.AtomCount > MostMeasuredAtoms
            ? $"not measured: more than {MostMeasuredAtoms} atoms"
            : Problem(structure);

    /// <summary>The shortest distance of two atoms in Å, periodic copies included; null where the cell is too skewed to tell.</summary>
    public static double? ShortestDistance(Structure structure) =>
        NiggliReduction.TryReduce(structure.Lattice, out _) ? PeriodicDistances.Shortest(structure) : null;
}
