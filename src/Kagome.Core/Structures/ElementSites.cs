using Kagome.Core.Elements;
using Kagome.Core.Lattices;

namespace Kagome.Core.Structures;

/// <summary>The positions of all atoms of one element in a cell.</summary>
internal sealed record ElementSites(Element Element, Fractional[] Positions)
{
    /// <summary>The atoms of a structure by element, in alphabetical order of the symbols.</summary>
    public static ElementSites[] Of(Structure structure) =>
        [
            .. structure
                .Sites.GroupBy(site => site.Element)
                .OrderBy(group => group.Key.Symbol, StringComparer.Ordinal)
                .Select(group => new ElementSites(group.Key, [.. group.Select(site => site.Position)])),
        ];

    /// <summary>Whether two positions, or copies of them, are closer than the tolerance along each lattice vector.</summary>
    public static bool AreClose(Fractional first, Fractional second, Fractional tolerance)
    {
        Fractional difference = (first - second).WrapToNearest();
        return Math.Abs(difference.X) < tolerance.X
            && Math.Abs(difference.Y) < tolerance.Y
            && Math.Abs(difference.Z) < tolerance.Z;
    }

    /// <summary>Whether the translation takes every atom close to an atom.</summary>
    public bool IsMappedBy(Fractional translation, Fractional tolerance)
    {
        foreach (Fractional position in Positions)
        {
            Fractional moved = position + translation;
            if (!Array.Exists(Positions, other => AreClose(moved, other, tolerance)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The positions in a smaller cell, copies of one atom averaged.</summary>
    /// <remarks>
    /// Null unless the atoms fall into sets of as many as the cells differ by, with all atoms of a set close to each other in the
    /// smaller cell. Atoms that are neighbors in the larger cell are not copies of each other.
    /// </remarks>
    public Fractional[]? TryFold(IntegerMatrix3 matrix, Fractional tolerance, Fractional foldedTolerance)
    {
        int copies = matrix.Determinant;
        Fractional[] folded = [.. Positions.Select(position => position * matrix)];
        int[] set = new int[Positions.Length];
        List<Fractional> averages = [];
        for (int index = 0; index < set.Length; index++)
        {
            int[] members = [.. Enumerable.Range(0, set.Length).Where(other => AreCopies(index, other))];
            if (members.Length != copies)
            {
                return null;
            }

            bool isNew = set[index] == 0;
            if (members.Any(member => set[member] != (isNew ? 0 : set[index])))
            {
                return null; // A is close to B and B to C, but not A to C
            }

            if (isNew)
            {
                averages.Add(Average(members.Select(member => folded[member])));
                Array.ForEach(members, member => set[member] = averages.Count);
            }
        }

        return [.. averages];

        bool AreCopies(int first, int second) =>
            first == second
            || (
                AreClose(folded[first], folded[second], foldedTolerance)
                && !AreNeighbors(Positions[first], Positions[second], tolerance + tolerance)
            );
    }

    private static bool AreNeighbors(Fractional first, Fractional second, Fractional tolerance)
    {
        Fractional difference = (first - second).WrapToNearest();
        return Math.Abs(difference.X) <= tolerance.X
            && Math.Abs(difference.Y) <= tolerance.Y
            && Math.Abs(difference.Z) <= tolerance.Z;
    }

    /// <summary>The mean of positions that lie close together, taken from the first one's nearest copies of the others.</summary>
    private static Fractional Average(IEnumerable<Fractional> positions)
    {
        Fractional mean = default;
        int count = 0;
        foreach (Fractional position in positions)
        {
            count++;
            Fractional offset = count == 1 ? position.Wrap() : (position - mean).WrapToNearest();
            mean += new Fractional(offset.X / count, offset.Y / count, offset.Z / count);
        }

        return mean;
    }
}
