using Kagome.Training.Data;

namespace Kagome.Training.Tests.Data;

public sealed class BatchIndicesTests
{
    private const string CheckSeed = "0000KOIPe036";

    [Fact]
    public void Split_keeps_order_and_gives_nearly_equal_parts() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 12])
            .Sample(
                (crystals, largestPartCount) =>
                {
                    BatchIndices batch = new([.. Enumerable.Range(100, crystals)]);
                    BatchIndices[] parts = batch.Split(largestPartCount);
                    Assert.Equal(Math.Min(crystals, largestPartCount), parts.Length);
                    Assert.Equal(batch.Crystals, parts.SelectMany(part => part.Crystals));
                    int[] lengths = [.. parts.Select(part => part.Crystals.Length)];
                    Assert.InRange(lengths.Min(), 1, lengths.Max());
                    Assert.InRange(lengths.Max() - lengths.Min(), 0, 1);
                },
                seed: CheckSeed
            );
}
