using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Xunit;

namespace Kagome.Testing;

/// <summary>What tests say of whole crystals.</summary>
public static class StructureAssert
{
    /// <summary>Below the shortest bond there is, H–H with 0.74 Å.</summary>
    private const double ShortestDistanceAngstrom = 0.5;

    private const double SmallestVolumePerAtom = 2; // Å³; diamond, the densest solid in atoms, has 5.7
    private const double LargestVolumePerAtom = 500; // Å³; a caesium atom has 115
    private const double SmallestAngleDegrees = 15;

    /// <summary>Same lattice vectors, same species in the same order, same positions modulo 1.</summary>
    public static void AreEqual(Structure expected, Structure actual, StructureTolerance tolerance)
    {
        AreEqual(expected.Lattice, actual.Lattice, tolerance);
        HaveEqualSites(expected, actual, tolerance);
    }

    /// <summary>As <see cref="AreEqual(Structure, Structure, StructureTolerance)"/>, but the crystals may be turned in space.</summary>
    /// <remarks>Compares cell lengths and angles instead of vectors. Mirror images are equal too.</remarks>
    public static void AreEqualUpToRotation(Structure expected, Structure actual, StructureTolerance tolerance)
    {
        AreEqual(expected.Lattice.Parameters, actual.Lattice.Parameters, tolerance);
        HaveEqualSites(expected, actual, tolerance);
    }

    /// <summary>Same lattice vectors.</summary>
    public static void AreEqual(Lattice expected, Lattice actual, StructureTolerance tolerance)
    {
        AreNear("a", expected.A, actual.A, tolerance);
        AreNear("b", expected.B, actual.B, tolerance);
        AreNear("c", expected.C, actual.C, tolerance);
    }

    /// <summary>Same lengths and angles.</summary>
    public static void AreEqual(LatticeParameters expected, LatticeParameters actual, StructureTolerance tolerance)
    {
        void Compare(string name, double wanted, double found, double limit) =>
            Assert.True(
                Math.Abs(wanted - found) <= limit,
                $"{name} is {found}; expected {wanted} ± {limit} ({tolerance.Name})."
            );

        Compare("a", expected.A, actual.A, tolerance.Angstrom);
        Compare("b", expected.B, actual.B, tolerance.Angstrom);
        Compare("c", expected.C, actual.C, tolerance.Angstrom);
        Compare("alpha", expected.Alpha, actual.Alpha, tolerance.Degrees);
        Compare("beta", expected.Beta, actual.Beta, tolerance.Degrees);
        Compare("gamma", expected.Gamma, actual.Gamma, tolerance.Degrees);
    }

    /// <summary>The structure could be a crystal: no atoms on top of each other, no absurd density, no needle-like angle.</summary>
    /// <remarks>Distances are those to the 26 cells around: all that count in a cell that is reduced or nearly so.</remarks>
    public static void IsPhysical(Structure structure)
    {
        double volume = structure.VolumePerAtom;
        Assert.True(
            volume is >= SmallestVolumePerAtom and <= LargestVolumePerAtom,
            $"The volume per atom is {volume} Å³; expected {SmallestVolumePerAtom} to {LargestVolumePerAtom}."
        );
        LatticeParameters cell = structure.Lattice.Parameters;
        foreach (double angle in new[] { cell.Alpha, cell.Beta, cell.Gamma })
        {
            Assert.True(
                angle is >= SmallestAngleDegrees and <= 180 - SmallestAngleDegrees,
                $"An angle of {cell} is {angle}; expected {SmallestAngleDegrees} to {180 - SmallestAngleDegrees} degrees."
            );
        }

        HasNoOverlap(structure);
    }

    private static void HasNoOverlap(Structure structure)
    {
        for (int first = 0; first < structure.AtomCount; first++)
        {
            for (int second = first; second < structure.AtomCount; second++)
            {
                double distance = ShortestDistance(structure, first, second);
                Assert.True(
                    distance >= ShortestDistanceAngstrom,
                    $"Sites {first} ({structure.Sites[first].Element}) and {second} ({structure.Sites[second].Element}) "
                        + $"are {distance} Å apart; expected at least {ShortestDistanceAngstrom}."
                );
            }
        }
    }

    /// <summary>The distance in Å of a site to another's images; to its own images, the nearest but itself.</summary>
    private static double ShortestDistance(Structure structure, int first, int second)
    {
        Fractional difference = (structure.Sites[second].Position - structure.Sites[first].Position).WrapToNearest();
        int[] steps = [-1, 0, 1];
        return (
            from x in steps
            from y in steps
            from z in steps
            where first != second || (x, y, z) != (0, 0, 0)
            select structure.Lattice.ToCartesian(difference + new Fractional(x, y, z)).Length
        ).Min();
    }

    private static void HaveEqualSites(Structure expected, Structure actual, StructureTolerance tolerance)
    {
        Assert.Equal(expected.Sites.Select(site => site.Element), actual.Sites.Select(site => site.Element));
        for (int index = 0; index < expected.AtomCount; index++)
        {
            Fractional wanted = expected.Sites[index].Position;
            Fractional found = actual.Sites[index].Position;
            double distance = expected.Lattice.ToCartesian((found - wanted).WrapToNearest()).Length;
            Assert.True(
                distance <= tolerance.Angstrom,
                $"Site {index} ({expected.Sites[index].Element}) is at {found}, {distance} Å from {wanted}; "
                    + $"expected at most {tolerance.Angstrom} ({tolerance.Name})."
            );
        }
    }

    private static void AreNear(string name, Cartesian expected, Cartesian actual, StructureTolerance tolerance)
    {
        double distance = (actual - expected).Length;
        Assert.True(
            distance <= tolerance.Angstrom,
            $"{name} is {actual}, {distance} Å from {expected}; expected at most {tolerance.Angstrom} ({tolerance.Name})."
        );
    }
}
