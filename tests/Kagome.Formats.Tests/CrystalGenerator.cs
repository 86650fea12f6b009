using System.Collections.Immutable;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Formats.Tests;

/// <summary>Random crystals in any orientation, atoms apart from one another.</summary>
internal static class CrystalGenerator
{
    private const int GridPoints = 4;

    private static readonly Gen<Cartesian> Vector = Gen.Select(
        Gen.Double[-1, 1],
        Gen.Double[-1, 1],
        Gen.Double[-1, 1],
        (x, y, z) => new Cartesian(x, y, z)
    );

    private static readonly Gen<Lattice> AnyLattice =
        from a in Vector
        from b in Vector
        from c in Vector
        select new Lattice(
            new Cartesian(4, 0, 0) + a,
            new Cartesian(0, 5, 0) + b,
            // every second lattice is left-handed
            new Cartesian(0, 0, a.X > 0 ? 6 : -6) + c
        );

    /// <summary>One to twelve atoms near the points of a grid, so that none share a place.</summary>
    private static readonly Gen<Site[]> AnySites =
        from points in Gen.Shuffle(Enumerable.Range(0, GridPoints * GridPoints * GridPoints).ToArray(), 1, 12)
        from shifts in Vector.Array[points.Length]
        from numbers in Gen.Int[1, Element.LargestAtomicNumber].Array[points.Length]
        select points
            .Select((point, index) => new Site(new Element(numbers[index]), PointOf(point, shifts[index])))
            .ToArray();

    public static Gen<CrystalRecord> Records { get; } =
        from lattice in AnyLattice
        from sites in AnySites
        from energy in Gen.Double[-10, 10]
        from name in Gen.String[Gen.Char["abcXYZ019-_."], 1, 12]
        select new CrystalRecord(name, new Structure(lattice, sites))
        {
            Split = "train",
            Labels = ImmutableSortedDictionary<string, double>.Empty.Add("e_hull", energy),
        };

    private static Fractional PointOf(int point, Cartesian shift) =>
        new(
            Coordinate(point % GridPoints, shift.X),
            Coordinate(point / GridPoints % GridPoints, shift.Y),
            Coordinate(point / GridPoints / GridPoints, shift.Z)
        );

    private static double Coordinate(int step, double shift) => (step + 0.5 + (0.3 * shift)) / GridPoints;
}
