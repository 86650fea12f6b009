using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Benchmarks;

/// <summary>Crystals of chance: what a measurement of time needs, and nothing that a crystallographer should look at.</summary>
internal static class RandomCrystals
{
    private const double VolumePerAtom = 18; // Å³
    private const double PositionNoise = 0.01; // of a cell's edge

    /// <param name="count">How many.</param>
    /// <param name="atomCount">Of each.</param>
    /// <param name="random">Draws cells, elements and positions.</param>
    public static IReadOnlyList<Structure> Create(int count, int atomCount, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => Create(atomCount, random))];

    /// <summary>The same atoms in the same cell, each a little off its place.</summary>
    public static Structure Shaken(Structure structure, Random random)
    {
        double Noise() => PositionNoise * ((2 * random.NextDouble()) - 1);
        return new Structure(
            structure.Lattice,
            structure.Sites.Select(site =>
                site with
                {
                    Position = (site.Position + new Fractional(Noise(), Noise(), Noise())).Wrap(),
                }
            )
        );
    }

    private static Structure Create(int atomCount, Random random)
    {
        double edge = Math.Cbrt(VolumePerAtom * atomCount);
        double Edge() => edge * (0.8 + (0.4 * random.NextDouble()));
        double Angle() => 75 + (30 * random.NextDouble());
        Lattice lattice = Lattice.FromParameters(
            new LatticeParameters(Edge(), Edge(), Edge(), Angle(), Angle(), Angle())
        );
        Element[] elements = [.. Enumerable.Range(0, 3).Select(_ => new Element(random.Next(1, 84)))];
        return new Structure(
            lattice,
            Enumerable
                .Range(0, atomCount)
                .Select(atom => new Site(
                    elements[atom % elements.Length],
                    new Fractional(random.NextDouble(), random.NextDouble(), random.NextDouble())
                ))
        );
    }
}
