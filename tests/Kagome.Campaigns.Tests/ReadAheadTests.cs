using Kagome.Campaigns.Merging;

namespace Kagome.Campaigns.Tests;

public sealed class ReadAheadTests
{
    [Fact]
    public void Of_any_items_gives_them_in_their_order() =>
        Gen.Select(Gen.Int.Array[0, 200], Gen.Int[1, 20])
            .Sample((items, most) => Assert.Equal(items, ReadAhead.Of(items, most)));

    [Fact]
    public void Of_source_that_fails_fails_after_what_came_before()
    {
        List<int> read = [];

        Assert.Throws<IOException>(() => read.AddRange(ReadAhead.Of(Failing(), 2)));
        Assert.Equal("disk", Assert.Throws<IOException>(() => ReadAhead.Of(Failing(), 2).ToArray()).Message);

        static IEnumerable<int> Failing()
        {
            yield return 1;
            yield return 2;
            throw new IOException("disk");
        }
    }

    [Fact]
    public void Of_reader_that_leaves_ends_reading()
    {
        bool isDisposed = false;

        Assert.Equal([0, 1, 2], ReadAhead.Of(Endless(), 3).Take(3));

        Assert.True(isDisposed);

        IEnumerable<int> Endless()
        {
            try
            {
                for (int item = 0; ; item++)
                {
                    yield return item;
                }
            }
            finally
            {
                isDisposed = true;
            }
        }
    }
}
