using Kagome.Core.Lattices;
using Kagome.Core.Neighbors;

namespace Kagome.Core.Structures;

/// <summary>Whether a structure could be a crystal at all: the coarse test that generated structures have to pass.</summary>
/// <remarks>
/// Source: the structural validity of CDVAE (Xie et al., ICLR 2022, arXiv:2110.06197), as DiffCSP and others report it: atoms at
/// least 0.5 Å apart, a cell of at least 0.1 Å³. Differs: an atom and its own periodic copies count as a pair too.
/// </remarks>
public static class StructureValidity
{
    public const double SmallestDistanceAngstrom = 0.5;

    public const double SmallestVolumeCubicAngstrom = 0.1;

    public static bool IsValid(Structure structure) => Problem(structure) is null;

    /// <summary>What is wrong with the structure, or null when it is valid. Never throws, whatever the cell.</summary>
    public static string? Problem(Structure structure)
    {
        double volume = structure.Lattice.Volume;
        if (volume < SmallestVolumeCubicAngstrom)
        {
            return $"the cell has a volume of {volume} Å³; expected at least {SmallestVolumeCubicAngstrom}";
        }

        if (!NiggliReduction.TryReduce(structure.Lattice, out _))
        {
            return "the cell is too skewed to measure distances in";
        }

        double shortest = PeriodicDistances.Shortest(structure);
        return shortest >= SmallestDistanceAngstrom
            ? null
            : $"two atoms are {shortest:0.###} Å apart; expected at least {SmallestDistanceAngstrom}";
    }
}
