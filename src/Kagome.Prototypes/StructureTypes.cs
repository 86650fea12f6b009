using System.Collections.Immutable;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

namespace Kagome.Prototypes;

/// <summary>Sorts crystals of one anonymous formula into structure types: those that are the same but for their elements and their size.</summary>
/// <remarks>
/// The first crystal of a type stands for it. A crystal joins the type that it matches, of those whose distances are most like its own; with
/// elements of equal counts it may do so in several ways, of which the closest counts.
/// </remarks>
internal sealed class StructureTypes(AnonymousFormula formula)
{
    /// <summary>How many of the most similar ways to join a type are tried.</summary>
    private const int MostComparisons = 24;

    /// <summary>Fingerprints of slots that can change places are this close; a look at them is quicker than the matcher.</summary>
    private const double LargestSymmetricDistance = 1;

    private static readonly StructureMatcher Matcher = new(
        MatcherOptions.Default with
        {
            TimeLimit = TimeSpan.FromSeconds(2),
        }
    );

    private readonly ImmutableArray<ImmutableArray<int>> orders = SlotOrders.Of(formula.Counts);
    private readonly List<(PreparedStructure Prepared, DistanceFingerprint Distances)> types = [];

    /// <summary>The type of a crystal, a new one where it matches none; null where its cell cannot be reduced.</summary>
    /// <param name="structure">A cell of the anonymous formula.</param>
    public TypeMembership? Add(Structure structure)
    {
        Element[] elements =
        [
            .. structure
                .Composition.Counts.OrderBy(pair => pair.Value)
                .ThenBy(pair => pair.Key)
                .Select(pair => pair.Key),
        ];
        if (!PreparedStructure.TryPrepare(structure, out PreparedStructure? own))
        {
            return null;
        }

        PreparedStructure prepared = own.Replace(element => Slot(Array.IndexOf(elements, element)));
        DistanceFingerprint distances = DistanceFingerprint.Of(
            prepared.Reduced,
            [.. prepared.Reduced.Sites.Select(site => site.Element.AtomicNumber - 1)],
            elements.Length
        );
        IEnumerable<(int Type, ImmutableArray<int> Order)> nearest = types
            .SelectMany(
                (type, number) =>
                    orders.Select(order =>
                        (Type: number, Order: order, Distance: type.Distances.Distance(distances, order))
                    )
            )
            .OrderBy(way => way.Distance)
            .Take(MostComparisons)
            .Select(way => (way.Type, way.Order));
        foreach ((int type, ImmutableArray<int> order) in nearest)
        {
            PreparedStructure inOrder = prepared.Replace(element => Slot(order.IndexOf(element.AtomicNumber - 1)));
            if (Matcher.Compare(types[type].Prepared, inOrder).IsMatch)
            {
                return new TypeMembership(type, [.. order.Select(place => elements[place])]);
            }
        }

        types.Add((prepared, distances));
        return new TypeMembership(types.Count - 1, [.. elements]);
    }

    /// <summary>For each type and each way to fill its slots, the first way that gives the same crystal.</summary>
    /// <remarks>In rock salt the two elements can change places, and the ways AB and BA are one.</remarks>
    public int[][] CanonicalOrders()
    {
        Dictionary<string, int> numbers = orders
            .Index()
            .ToDictionary(order => string.Join(',', order.Item), order => order.Index);
        return [.. types.Select(Canonical)];

        int[] Canonical((PreparedStructure Prepared, DistanceFingerprint Distances) type)
        {
            ImmutableArray<int>[] symmetries = [.. orders.Where(order => IsSymmetry(type, order))];
            return
            [
                .. orders.Select(order =>
                    symmetries
                        .Select(symmetry => string.Join(',', symmetry.Select(slot => order[slot])))
                        .Where(numbers.ContainsKey) // of very many orders some are left out
                        .Min(key => numbers[key])
                ),
            ];
        }
    }

    /// <summary>Whether a type whose slots change places is the same crystal as before.</summary>
    private static bool IsSymmetry(
        (PreparedStructure Prepared, DistanceFingerprint Distances) type,
        ImmutableArray<int> order
    ) =>
        order.SequenceEqual(order.Order())
        || (
            type.Distances.Distance(type.Distances, order) < LargestSymmetricDistance
            && Matcher
                .Compare(type.Prepared, type.Prepared.Replace(element => Slot(order.IndexOf(element.AtomicNumber - 1))))
                .IsMatch
        );

    private static Element Slot(int slot) => new(slot + 1);
}

/// <summary>Which structure type a crystal is of, and how its elements fill it.</summary>
/// <param name="Type">The number of the type among those of its anonymous formula, from 0.</param>
/// <param name="Elements">The element in each slot of the type.</param>
internal readonly record struct TypeMembership(int Type, ImmutableArray<Element> Elements);
