using Kagome.Sampling.Crystals;

namespace Kagome.Sampling.Tests.Crystals;

public sealed class SizeBatchesTests
{
    private const string Seed = "0000KOIPe036";

    [Fact]
    public void Of_any_sizes_gives_each_place_once_in_batches_of_one_size_within_the_budget() =>
        Gen.Select(Gen.Int[1, 40].Array[0, 60], Gen.Int[1, 100])
            .Sample(
                (sizes, mostAtoms) =>
                {
                    IReadOnlyList<int[]> batches = SizeBatches.Of(sizes, mostAtoms);
                    Assert.Equal(Enumerable.Range(0, sizes.Length), batches.SelectMany(batch => batch).Order());
                    Assert.All(
                        batches,
                        batch =>
                        {
                            int size = Assert.Single(batch.Select(place => sizes[place]).Distinct());
                            Assert.True(batch.Length == 1 || batch.Length * size <= mostAtoms);
                        }
                    );
                },
                seed: Seed
            );
}
