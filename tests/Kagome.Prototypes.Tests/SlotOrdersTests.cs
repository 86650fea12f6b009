using System.Collections.Immutable;

namespace Kagome.Prototypes.Tests;

public sealed class SlotOrdersTests
{
    private static Gen<ImmutableArray<int>> Counts { get; } =
        Gen.Int[1, 3].Array[1, 5].Select(counts => counts.Order().ToImmutableArray());

    [Fact]
    public void Of_has_every_order_that_keeps_the_counts_exactly_once() =>
        Counts.Sample(
            counts =>
            {
                ImmutableArray<ImmutableArray<int>> orders = SlotOrders.Of(counts);
                string[] expected =
                [
                    .. All(counts.Length)
                        .Where(order => order.Select(place => counts[place]).SequenceEqual(counts))
                        .Select(order => string.Join(',', order))
                        .Order(StringComparer.Ordinal),
                ];
                Assert.Equal(expected, orders.Select(order => string.Join(',', order)).Order(StringComparer.Ordinal));
            },
            iter: 50
        );

    [Fact]
    public void Of_begins_with_all_in_their_places() =>
        Counts.Sample(counts => Assert.Equal(Enumerable.Range(0, counts.Length), SlotOrders.Of(counts)[0]), iter: 50);

    /// <summary>Ten elements of equal counts have 3,628,800 orders.</summary>
    [Fact]
    public void Of_many_equal_counts_gives_different_orders_and_only_so_many()
    {
        ImmutableArray<ImmutableArray<int>> orders = SlotOrders.Of([.. Enumerable.Repeat(2, 10)]);
        Assert.Equal(720, orders.Length);
        Assert.Equal(720, orders.DistinctBy(order => string.Join(',', order)).Count());
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, 10), order.Order()));
    }

    /// <summary>All permutations, by counting in base <paramref name="length"/>.</summary>
    private static IEnumerable<int[]> All(int length) =>
        Enumerable
            .Range(0, (int)Math.Pow(length, length))
            .Select(number =>
                Enumerable.Range(0, length).Select(place => number / (int)Math.Pow(length, place) % length).ToArray()
            )
            .Where(digits => digits.Distinct().Count() == length);
}
