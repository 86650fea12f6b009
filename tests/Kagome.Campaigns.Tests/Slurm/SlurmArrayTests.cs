using System.Globalization;
using Kagome.Campaigns.Slurm;

namespace Kagome.Campaigns.Tests.Slurm;

public sealed class SlurmArrayTests
{
    private static readonly Gen<(int Shards, int[] Open, int Largest)> Cases =
        from shards in Gen.Int[1, 60]
        from open in Gen.Int[0, shards - 1].Array[1, shards]
        from largest in Gen.Int[1, 80]
        select (shards, open, largest);

    [Fact]
    public void Tasks_of_any_array_reach_every_open_shard_once() =>
        Cases.Sample(one =>
        {
            SlurmArray array = SlurmArray.Of(one.Shards, one.Open, one.Largest);
            int[] reached = [.. array.Tasks.SelectMany(array.ShardsOf)];
            Assert.Equal(reached.Length, reached.Distinct().Count());
            Assert.Subset(reached.ToHashSet(), one.Open.ToHashSet());
            Assert.All(array.Tasks, task => Assert.InRange(task, 0, one.Largest - 1));
            Assert.All(array.Tasks, task => Assert.Contains(one.Open, array.ShardsOf(task).Contains));
        });

    [Fact]
    public void Numbers_of_any_array_name_its_tasks() =>
        Cases.Sample(one =>
        {
            SlurmArray array = SlurmArray.Of(one.Shards, one.Open, one.Largest);
            IEnumerable<int> named = array
                .Numbers()
                .Split(',')
                .Select(range => range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToArray())
                .SelectMany(ends => Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
            Assert.Equal(array.Tasks, named);
        });

    [Fact]
    public void Numbers_neighbours_are_ranges() =>
        Assert.Equal("0-2,5,7-8", SlurmArray.Of(10, [8, 7, 0, 1, 2, 5], 1001).Numbers());
}
