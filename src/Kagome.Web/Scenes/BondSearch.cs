using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Web.Scenes;

/// <summary>Which atoms of a crystal are drawn with a bond between them.</summary>
/// <remarks>
/// Those that are not much farther apart than their covalent radii add up to. Two metals that both have a bond to a non-metal get none, so that
/// cations of a salt are joined by their anions alone.
/// </remarks>
internal static class BondSearch
{
    /// <summary>Cells of which more distances have to be measured are drawn without bonds: 2,000 atoms, or fewer in a cell with a short edge.</summary>
    private const long MostDistances = 120_000_000;

    private const double SmallestVolume = 1; // Å³ by atom; in denser cells, which are none, all atoms are near all others
    private const double Stretch = 1.15; // of the sum of covalent radii
    private const double SamePlace = 0.1; // Å

    /// <summary>The most electropositive elements that are no metals, B, Si, Ge, As, Sb and Te, are counted as bonding partners of metals.</summary>
    private static readonly HashSet<string> NonMetals = new(StringComparer.Ordinal)
    {
        "H",
        "B",
        "C",
        "N",
        "O",
        "F",
        "Si",
        "P",
        "S",
        "Cl",
        "Ge",
        "As",
        "Se",
        "Br",
        "Sb",
        "Te",
        "I",
        "He",
        "Ne",
        "Ar",
        "Kr",
        "Xe",
        "Rn",
        "At",
        "Ts",
        "Og",
    };

    /// <summary>For each atom, the atoms it has bonds to: their number and the cell they are in, counted from where the atom is.</summary>
    /// <param name="structure">Positions are taken as they are, not wrapped.</param>
    public static IReadOnlyList<IReadOnlyList<Neighbor>> Of(Structure structure)
    {
        int count = structure.AtomCount;
        double[] radii = [.. structure.Sites.Select(site => ElementColors.Radius(site.Element))];
        double farthest = 2 * Stretch * radii.Max();
        (int X, int Y, int Z) reach = Reach(structure.Lattice, farthest);
        if (structure.VolumePerAtom < SmallestVolume || Distances(count, reach) > MostDistances)
        {
            return [.. Enumerable.Range(0, count).Select(_ => Array.Empty<Neighbor>())];
        }

        List<Neighbor>[] near = [.. Enumerable.Range(0, count).Select(_ => new List<Neighbor>())];
        for (int first = 0; first < count; first++)
        {
            for (int second = 0; second < count; second++)
            {
                near[first].AddRange(Images(structure, first, second, Stretch * (radii[first] + radii[second]), reach));
            }
        }

        bool[] isMetal = [.. structure.Sites.Select(site => IsMetal(site.Element))];
        bool[] isInSalt =
        [
            .. near.Select((neighbors, atom) => isMetal[atom] && neighbors.Any(neighbor => !isMetal[neighbor.Atom])),
        ];
        return
        [
            .. near.Select(
                (neighbors, atom) => neighbors.Where(neighbor => !(isInSalt[atom] && isInSalt[neighbor.Atom])).ToArray()
            ),
        ];
    }

    public static bool IsMetal(Element element) => !NonMetals.Contains(element.Symbol);

    private static IEnumerable<Neighbor> Images(
        Structure structure,
        int first,
        int second,
        double longest,
        (int X, int Y, int Z) reach
    )
    {
        Fractional from = structure.Sites[first].Position;
        Fractional apart = structure.Sites[second].Position - from;
        Fractional nearest = apart.WrapToNearest();
        Fractional shift = nearest - apart;
        for (int x = -reach.X; x <= reach.X; x++)
        {
            for (int y = -reach.Y; y <= reach.Y; y++)
            {
                for (int z = -reach.Z; z <= reach.Z; z++)
                {
                    double length = structure.Lattice.ToCartesian(nearest + new Fractional(x, y, z)).Length;
                    if (length <= longest && length > SamePlace)
                    {
                        yield return new Neighbor(
                            second,
                            (int)Math.Round(shift.X) + x,
                            (int)Math.Round(shift.Y) + y,
                            (int)Math.Round(shift.Z) + z
                        );
                    }
                }
            }
        }
    }

    private static long Distances(long count, (int X, int Y, int Z) reach) =>
        count * count * ((2 * reach.X) + 1) * ((2 * reach.Y) + 1) * ((2 * reach.Z) + 1);

    /// <summary>How many cells away, beyond the nearest, an image within a distance may lie.</summary>
    private static (int X, int Y, int Z) Reach(Lattice lattice, double distance)
    {
        const int Farthest = 4; // flatter cells are drawn with some of their bonds
        Lattice reciprocal = lattice.Reciprocal;
        return (Along(reciprocal.A), Along(reciprocal.B), Along(reciprocal.C));

        int Along(Cartesian normal) => Math.Min(Farthest, (int)Math.Ceiling((distance * normal.Length) + 0.5));
    }
}

/// <summary>An atom beside another.</summary>
/// <param name="Atom">Its number in the cell.</param>
/// <param name="X">Cells along the first vector, from the other's cell.</param>
/// <param name="Y">Along the second.</param>
/// <param name="Z">Along the third.</param>
internal readonly record struct Neighbor(int Atom, int X, int Y, int Z);
