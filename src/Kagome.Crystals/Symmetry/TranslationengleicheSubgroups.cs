using System.Collections.Immutable;
using System.Numerics;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>The space groups that are left of one when a crystal loses rotations and keeps its translations, as in a displacive transition at the zone centre.</summary>
/// <remarks>
/// Every set of the operations that is closed, found by adding one operation after the other, at most 98 for a cubic group; each is then identified
/// as the operations of a crystal are.
/// </remarks>
internal static class TranslationengleicheSubgroups
{
    private static readonly Lazy<ImmutableHashSet<int>>[] Known =
    [
        .. Enumerable
            .Range(1, SpaceGroupNumber.Largest)
            .Select(number => new Lazy<ImmutableHashSet<int>>(() => Find(PrimitiveSetting.Of(number)))),
    ];

    /// <summary>Their numbers, that of the group itself among them; found once.</summary>
    /// <param name="number">1 to 230.</param>
    public static ImmutableHashSet<int> Of(int number) => Known[number - 1].Value;

    private static ImmutableHashSet<int> Find(PrimitiveSetting setting)
    {
        Lattice lattice = LatticeInvariants.Nearest(
            [.. setting.Operations.Select(operation => operation.Rotation)],
            Lattice.FromParameters(new(5.1, 6.3, 7.7, 81, 74, 107))
        );
        Structure points = new(lattice, [new Site(new Element(1), default)]);
        return
        [
            .. ClosedSets(setting.Operations)
                .Select(members => GroupIdentification.Of(points, members, lattice)?.Setting.Group.Number)
                .OfType<int>(),
        ];
    }

    /// <summary>All sets of operations that are groups together with the translations.</summary>
    /// <param name="operations">Of a whole group, one for each rotation, the identity first.</param>
    private static IEnumerable<SymmetryOperation[]> ClosedSets(ImmutableArray<SymmetryOperation> operations)
    {
        int[,] products = Products(operations);
        HashSet<ulong> found = [1];
        Stack<ulong> open = new(found);
        while (open.TryPop(out ulong set))
        {
            for (int added = 1; added < operations.Length; added++)
            {
                ulong larger = Close(set | (1UL << added), products);
                if (found.Add(larger))
                {
                    open.Push(larger);
                }
            }
        }

        return found.Select(set => operations.Where((_, at) => ((set >> at) & 1) == 1).ToArray());
    }

    /// <summary>The smallest set that holds a set and the products of any two of its members.</summary>
    private static ulong Close(ulong set, int[,] products)
    {
        ulong before;
        do
        {
            before = set;
            for (ulong firsts = before; firsts != 0; firsts &= firsts - 1)
            {
                for (ulong seconds = before; seconds != 0; seconds &= seconds - 1)
                {
                    set |=
                        1UL
                        << products[BitOperations.TrailingZeroCount(firsts), BitOperations.TrailingZeroCount(seconds)];
                }
            }
        } while (set != before);

        return set;
    }

    private static int[,] Products(ImmutableArray<SymmetryOperation> operations)
    {
        Dictionary<IntegerMatrix3, int> places = operations
            .Select((operation, at) => (operation.Rotation, at))
            .ToDictionary(pair => pair.Rotation, pair => pair.at);
        int[,] products = new int[operations.Length, operations.Length];
        foreach ((int first, SymmetryOperation left) in operations.Index())
        {
            foreach ((int second, SymmetryOperation right) in operations.Index())
            {
                products[first, second] = places[left.Rotation * right.Rotation];
            }
        }

        return products;
    }
}
