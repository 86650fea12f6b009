using Kagome.Training.Distributed;

namespace Kagome.Training.Tests.Distributed;

public sealed class BatchSharingTests
{
    private const int Tries = 300;

    [Fact]
    public void PartsOf_all_processes_and_copies_are_all_parts_once()
    {
        Random random = new(5);
        for (int at = 0; at < Tries; at++)
        {
            (int processes, int parts, int copies) = (random.Next(1, 9), random.Next(1, 40), random.Next(1, 6));
            IEnumerable<int> all = Enumerable
                .Range(0, processes)
                .SelectMany(rank =>
                {
                    BatchSharing sharing = new(new Numbered(rank, processes), parts, copies);
                    return Enumerable.Range(0, copies).SelectMany(copy => sharing.PartsOf(copy, parts));
                });
            Assert.Equal(Enumerable.Range(0, parts), all.Order());
        }
    }

    [Theory]
    [InlineData(3, 0, 3, 3)] // as the recipe says, a thread each, whatever the cores are
    [InlineData(0, 0, 4, 4)]
    [InlineData(0, 2, 2, 2)]
    [InlineData(0, 16, 16, 4)]
    public void Of_one_process_keeps_to_recipe_then_state_then_cores(int asked, int saved, int parts, int copies) =>
        Assert.Equal(
            new BatchSharing(SingleProcess.Group, parts, copies),
            BatchSharing.Of(SingleProcess.Group, asked, saved, cores: 4)
        );

    [Theory]
    [InlineData(0, 0, 6, 2)] // every process has as many threads as the one with the fewest cores
    [InlineData(12, 0, 12, 2)]
    [InlineData(4, 0, 4, 2)]
    [InlineData(3, 0, 3, 1)]
    [InlineData(0, 8, 8, 2)]
    public void Of_three_processes_shares_parts_out(int asked, int saved, int parts, int copies) =>
        Assert.All(
            ThreadedProcesses.Run(3, group => BatchSharing.Of(group, asked, saved, cores: group.Rank == 1 ? 2 : 8)),
            sharing => Assert.Equal((parts, copies), (sharing.Parts, sharing.Copies))
        );

    private sealed class Numbered(int rank, int size) : IProcessGroup
    {
        public int Rank => rank;

        public int Size => size;

        public int LocalRank => rank;

        public void AllReduceSum(Span<float> values) => throw new NotSupportedException();

        public void AllReduceSum(Span<double> values) => throw new NotSupportedException();

        public void Broadcast(Span<byte> bytes) => throw new NotSupportedException();

        public void Barrier() => throw new NotSupportedException();

        public void Abort(int exitCode) => throw new NotSupportedException();
    }
}
