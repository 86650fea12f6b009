using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>Says which atom of a crystal is near a place, and whether an operation takes all atoms to places of their own kind.</summary>
/// <remarks>The cell has to be reduced, and distances short beside it. Not for several threads.</remarks>
internal sealed class AtomLookup
{
    /// <summary>Where so few atoms are of an element, all are looked at.</summary>
    private const int Few = 8;

    private readonly Structure cell;
    private readonly Lattice lattice;
    private readonly int axis;
    private readonly double perAngstrom;
    private readonly SortedAtoms[] alike;
    private readonly int[] takenAt;
    private int round;

    public AtomLookup(Structure reducedCell)
    {
        cell = reducedCell;
        lattice = cell.Lattice;
        takenAt = new int[cell.AtomCount];
        double[] steps = [.. Vectors(lattice.Reciprocal).Select(vector => vector.Length)];
        axis = Array.IndexOf(steps, steps.Min());
        perAngstrom = steps[axis];
        Dictionary<Element, SortedAtoms> lists = cell
            .Sites.Index()
            .GroupBy(pair => pair.Item.Element)
            .ToDictionary(group => group.Key, group => Sorted(group.Select(pair => pair.Index)));
        alike = [.. cell.Sites.Select(site => lists[site.Element])];
        Rarest = [.. lists.Values.MinBy(list => (list.Atoms.Length, list.Atoms.Min())).Atoms.Order()];
    }

    /// <summary>The atoms of the element that has the fewest, in their order.</summary>
    public int[] Rarest { get; }

    /// <summary>The nearest atom of an atom's element, or -1 where none is within the tolerance.</summary>
    /// <param name="like">An atom of that element.</param>
    /// <param name="place">Where to look.</param>
    /// <param name="toleranceAngstrom">How near the atom has to be.</param>
    /// <param name="way">From the place to the atom, or to its nearest copy.</param>
    /// <param name="distance">Its length in Å.</param>
    public int Nearest(int like, Fractional place, double toleranceAngstrom, out Fractional way, out double distance)
    {
        SortedAtoms list = alike[like];
        double reach = toleranceAngstrom * perAngstrom;
        bool isWindow = list.Atoms.Length > Few && reach < 0.25;
        double from = Along(place) - reach;
        from -= Math.Floor(from);
        int start = isWindow ? FirstFrom(list.Keys, from) : 0;
        (int best, double bestSquared, way) = (-1, toleranceAngstrom * toleranceAngstrom, default);
        for (int step = 0; step < list.Atoms.Length; step++)
        {
            int at = (start + step) % list.Atoms.Length;
            double ahead = list.Keys[at] - from;
            if (isWindow && ahead - Math.Floor(ahead) > 2 * reach)
            {
                break;
            }

            Fractional difference = (cell.Sites[list.Atoms[at]].Position - place).WrapToNearest();
            double squared = lattice.ToCartesian(difference).LengthSquared;
            if (squared < bestSquared)
            {
                (best, bestSquared, way) = (list.Atoms[at], squared, difference);
            }
        }

        distance = Math.Sqrt(bestSquared);
        return best;
    }

    /// <summary>Whether an operation takes every atom to within the tolerance of one of its kind, each to another.</summary>
    /// <param name="operation">The operation to try.</param>
    /// <param name="toleranceAngstrom">How near the atoms have to be.</param>
    /// <param name="images">Gets the atom that each atom is taken to.</param>
    /// <param name="mean">The mean way from the images of the atoms to the atoms there.</param>
    /// <param name="farthest">The longest of these ways in Å.</param>
    public bool TryMap(
        SymmetryOperation operation,
        double toleranceAngstrom,
        int[] images,
        out Fractional mean,
        out double farthest
    )
    {
        Fractional sum = default;
        (mean, farthest) = (default, 0);
        round++;
        for (int atom = 0; atom < images.Length; atom++)
        {
            int image = Nearest(
                atom,
                operation.Apply(cell.Sites[atom].Position),
                toleranceAngstrom,
                out Fractional way,
                out double distance
            );
            if (image < 0 || takenAt[image] == round)
            {
                return false;
            }

            takenAt[image] = round;
            images[atom] = image;
            sum += way;
            farthest = Math.Max(farthest, distance);
        }

        mean = new(sum.X / images.Length, sum.Y / images.Length, sum.Z / images.Length);
        return true;
    }

    private static Cartesian[] Vectors(Lattice of) => [of.A, of.B, of.C];

    private static int FirstFrom(double[] keys, double from)
    {
        int at = Array.BinarySearch(keys, from);
        at = at < 0 ? ~at : at;
        while (at > 0 && keys[at - 1] >= from)
        {
            at--;
        }

        return at;
    }

    private SortedAtoms Sorted(IEnumerable<int> atoms)
    {
        int[] members = [.. atoms];
        double[] keys = [.. members.Select(atom => Along(cell.Sites[atom].Position))];
        Array.Sort(keys, members);
        return new(keys, members);
    }

    /// <summary>The coordinate along the axis whose planes are farthest apart, in [0, 1).</summary>
    private double Along(Fractional position)
    {
        double coordinate =
            axis == 0 ? position.X
            : axis == 1 ? position.Y
            : position.Z;
        return coordinate - Math.Floor(coordinate);
    }

    /// <summary>The atoms of an element, by their coordinate.</summary>
    private readonly record struct SortedAtoms(double[] Keys, int[] Atoms);
}
