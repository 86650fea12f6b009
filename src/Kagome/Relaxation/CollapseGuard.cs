using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Validity;

namespace Kagome;

/// <summary>Refuses geometries that no relaxation should lead to.</summary>
/// <remarks>An energy model knows little of collapsed and blown-up cells, and may call them low.</remarks>
internal sealed class CollapseGuard
{
    private const double SmallestVolumeRatio = 0.6;
    private const double LargestVolumeRatio = 1.6;
    private const double SmallestDistanceRatio = 0.7;

    private readonly double volume;
    private readonly double shortest;

    /// <param name="original">Valid.</param>
    public CollapseGuard(Structure original)
    {
        volume = original.Lattice.Volume;
        shortest = PeriodicDistances.Shortest(original);
    }

    /// <summary>Whether volume and shortest distance stay within bounds of the original's, and the structure valid.</summary>
    public bool Allows(Structure structure) =>
        structure.Lattice.Volume / volume is > SmallestVolumeRatio and < LargestVolumeRatio
        && StructureValidity.IsValid(structure)
        && PeriodicDistances.Shortest(structure) > SmallestDistanceRatio * shortest;
}
