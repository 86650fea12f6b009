using Kagome.Work;

namespace Kagome.Tests.Work;

public sealed class BatchPackerTests
{
    private const string Seed = "0000KOIPe036";

    [Fact]
    public void Pack_any_sizes_gives_each_place_once_in_batches_of_about_as_many_atoms() =>
        Gen.Select(Gen.Int[1, 40].Array[0, 60], Gen.Int[1, 100])
            .Sample(
                (sizes, batchAtoms) =>
                {
                    IReadOnlyList<int[]> batches = BatchPacker.Pack(sizes, batchAtoms);
                    Assert.Equal(Enumerable.Range(0, sizes.Length), batches.SelectMany(batch => batch).Order());
                    Assert.All(batches, Assert.NotEmpty);
                    int largest = sizes.Append(0).Max();
                    Assert.All(
                        batches,
                        batch => Assert.InRange(batch.Sum(place => sizes[place]), 1, batchAtoms + largest)
                    );
                },
                seed: Seed
            );

    [Fact]
    public void Pack_equals_the_slow_rule_the_largest_first_each_to_the_batch_with_the_fewest_atoms() =>
        Gen.Select(Gen.Int[1, 12].Array[1, 40], Gen.Int[4, 60])
            .Sample(
                (sizes, batchAtoms) =>
                    Assert.Equal(Slow(sizes, batchAtoms), BatchPacker.Pack(sizes, batchAtoms).Select(batch => batch)),
                seed: Seed
            );

    private static IEnumerable<int[]> Slow(int[] sizes, int batchAtoms)
    {
        int count = Math.Min(sizes.Length, (sizes.Sum() + batchAtoms - 1) / batchAtoms);
        List<int>[] batches = [.. Enumerable.Range(0, count).Select(_ => new List<int>())];
        foreach (int place in Enumerable.Range(0, sizes.Length).OrderByDescending(place => sizes[place]))
        {
            batches.MinBy(batch => batch.Sum(member => sizes[member]))!.Add(place);
        }

        return batches.Select(batch => batch.ToArray());
    }
}
