using System.Collections.Immutable;

namespace Kagome.Prototypes;

/// <summary>The ways to put elements into the slots of an anonymous formula: those of equal counts change places.</summary>
internal static class SlotOrders
{
    /// <summary>More ways than elements of six equal counts have are not looked at one by one.</summary>
    private const int Most = 720;

    /// <summary>Each way as the element, by its place in the first way, of each slot; the first way leaves all in their places.</summary>
    /// <param name="counts">Atoms of each slot, ascending.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(ImmutableArray<int> counts)
    {
        List<ImmutableArray<int>> orders =
        [
            [],
        ];
        for (int start = 0; start < counts.Length; )
        {
            int end = start;
            while (end < counts.Length && counts[end] == counts[start])
            {
                end++;
            }

            ImmutableArray<int>[] ways = [.. Permutations([.. Enumerable.Range(start, end - start)]).Take(Most)];
            orders = [.. orders.SelectMany(order => ways.Select(way => order.AddRange(way))).Take(Most)];
            start = end;
        }

        return [.. orders];
    }

    private static IEnumerable<ImmutableArray<int>> Permutations(ImmutableArray<int> items) =>
        items.Length <= 1
            ? [items]
            : items.SelectMany(first => Permutations(items.Remove(first)).Select(rest => rest.Insert(0, first)));
}
