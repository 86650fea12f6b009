using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

/// <summary>Random crystals of a space group: two general positions, so that it is exactly that group, and two special ones.</summary>
internal sealed class SymmetricCrystals(int seed)
{
    private const double VolumePerAtom = 14;
    private const double ShortestDistance = 0.7;

    private readonly Random random = new(seed);

    /// <summary>A crystal in the usual setting, and the Wyckoff letter of each atom.</summary>
    public (Structure Structure, char[] Letters) Of(int number)
    {
        WyckoffPosition[] all = [.. WyckoffPosition.Of(number)];
        while (true)
        {
            WyckoffPosition[] special = [.. all.SkipLast(1).OrderBy(_ => random.Next()).Take(2)];
            WyckoffPosition[] positions = [all[^1], all[^1], .. special];
            List<Site> sites = [];
            List<char> letters = [];
            foreach ((int at, WyckoffPosition position) in positions.Index())
            {
                Fractional first = position.Site(new(random.NextDouble(), random.NextDouble(), random.NextDouble()));
                foreach (Fractional place in Images(first, SpaceGroupSetting.OfNumber(number)[0]))
                {
                    sites.Add(new(new Element(11 + (3 * at)), place));
                    letters.Add(position.Letter);
                }
            }

            Structure structure = new(Cell(number).ScaleToVolume(VolumePerAtom * sites.Count), sites);
            if (PeriodicDistances.Shortest(structure) > ShortestDistance)
            {
                return (structure, [.. letters]);
            }
        }
    }

    /// <summary>The same crystal in another basis, which may be left-handed, turned, from another origin, and larger where it is small.</summary>
    public Structure Disguised(Structure structure)
    {
        IntegerMatrix3 matrix = IntegerMatrix3.Diagonal(random.Next(2) == 0 ? -1 : 1, 1, 1);
        for (int step = 0; step < 4; step++)
        {
            int[] entries = [1, 0, 0, 0, 1, 0, 0, 0, 1];
            (int row, int column) = (random.Next(3), random.Next(3));
            entries[(3 * row) + column] = row == column ? 1 : random.Next(-1, 2);
            matrix *= new IntegerMatrix3(
                entries[0],
                entries[1],
                entries[2],
                entries[3],
                entries[4],
                entries[5],
                entries[6],
                entries[7],
                entries[8]
            );
        }

        if (structure.AtomCount < 40)
        {
            matrix *= IntegerMatrix3.Diagonal(random.Next(1, 3), random.Next(1, 3), random.Next(1, 4));
        }

        Structure other = Supercell.Of(structure, matrix);
        Cartesian x = Direction();
        Cartesian y = x.Cross(Direction());
        y = 1 / y.Length * y;
        Cartesian z = x.Cross(y);
        Cartesian Turn(Cartesian vector) => new(x.Dot(vector), y.Dot(vector), z.Dot(vector));
        Fractional origin = new(random.NextDouble(), random.NextDouble(), random.NextDouble());
        return new(
            new Lattice(Turn(other.Lattice.A), Turn(other.Lattice.B), Turn(other.Lattice.C)),
            other.Sites.OrderBy(_ => random.Next()).Select(site => site with { Position = site.Position + origin })
        );
    }

    /// <summary>The crystal with every atom moved by up to a distance in Å.</summary>
    public Structure Shaken(Structure structure, double angstrom) =>
        new(
            structure.Lattice,
            structure.Sites.Select(site =>
                site with
                {
                    Position =
                        site.Position + structure.Lattice.ToFractional(angstrom * random.NextDouble() * Direction()),
                }
            )
        );

    private static IEnumerable<Fractional> Images(Fractional first, SpaceGroupSetting setting)
    {
        const double SamePlace = 1e-6;
        List<Fractional> images = [];
        foreach (SymmetryOperation operation in setting.Operations)
        {
            Fractional image = operation.Apply(first).Wrap();
            if (!images.Exists(other => IsNear((other - image).WrapToNearest())))
            {
                images.Add(image);
            }
        }

        return images;

        static bool IsNear(Fractional way) =>
            Math.Abs(way.X) < SamePlace && Math.Abs(way.Y) < SamePlace && Math.Abs(way.Z) < SamePlace;
    }

    private Cartesian Direction()
    {
        Cartesian vector = new(Signed(), Signed(), Signed());
        return vector.LengthSquared is > 0.01 and < 1 ? 1 / vector.Length * vector : Direction();

        double Signed() => (2 * random.NextDouble()) - 1;
    }

    /// <summary>A cell of the group's crystal system, of odd lengths in the order that the usual setting prefers.</summary>
    private Lattice Cell(int number)
    {
        double Between(double least, double most) => least + ((most - least) * random.NextDouble());
        (double a, double b, double c) = (Between(1, 1.1), Between(1.2, 1.3), Between(1.4, 1.6));
        return Lattice.FromParameters(
            number switch
            {
                < 3 => new(a, b, c, Between(91, 94), Between(96, 98), Between(100, 104)),
                < 16 => new(a, b, c, 90, Between(93, 105), 90),
                < 75 => new(a, b, c, 90, 90, 90),
                < 143 => new(a, a, c, 90, 90, 90),
                < 195 => new(a, a, c, 90, 90, 120),
                _ => new(a, a, a, 90, 90, 90),
            }
        );
    }
}
