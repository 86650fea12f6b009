using Kagome.Training.Data;

namespace Kagome.Training.Tests.Data;

public sealed class RandomSeedTests
{
    private const int StreamCount = 10_000;

    [Fact]
    public void Mix_same_seed_and_stream_gives_the_same() => Assert.Equal(RandomSeed.Mix(42, 7), RandomSeed.Mix(42, 7));

    /// <summary>The first outputs of SplitMix64 seeded with 1234567, halved (Vigna's splitmix64.c).</summary>
    [Theory]
    [InlineData(0, 6457827717110365317)]
    [InlineData(1, 3203168211198807973)]
    public void Mix_gives_the_outputs_of_SplitMix64(int stream, ulong expected) =>
        Assert.Equal((long)(expected >> 1), RandomSeed.Mix(1234567, stream));

    [Fact]
    public void Mix_different_streams_and_neighbouring_seeds_give_different_seeds() =>
        Assert.Equal(
            3 * StreamCount,
            new long[] { 0, 1, 42 }
                .SelectMany(seed => Enumerable.Range(-1, StreamCount).Select(stream => RandomSeed.Mix(seed, stream)))
                .Distinct()
                .Count()
        );

    [Theory]
    [InlineData(long.MinValue, long.MinValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(-1, -1)]
    public void Mix_any_numbers_give_a_seed_that_is_not_negative(long seed, long stream) =>
        Assert.InRange(RandomSeed.Mix(seed, stream), 0, long.MaxValue);
}
