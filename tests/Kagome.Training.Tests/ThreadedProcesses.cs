using System.Runtime.InteropServices;
using Kagome.Training.Distributed;

namespace Kagome.Training.Tests;

/// <summary>Processes that are threads of this one, and add up in the order of their ranks.</summary>
internal sealed class ThreadedProcesses
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Barrier barrier;
    private readonly Member[] members;

    private ThreadedProcesses(int count)
    {
        barrier = new Barrier(count);
        members = [.. Enumerable.Range(0, count).Select(rank => new Member(this, rank))];
    }

    /// <summary>Has each process do some work, all at once.</summary>
    /// <returns>What each came to, by rank.</returns>
    public static T[] Run<T>(int count, Func<IProcessGroup, T> work)
    {
        ThreadedProcesses processes = new(count);
        Task<T>[] tasks =
        [
            .. processes.members.Select(member =>
                Task.Factory.StartNew(
                    () => work(member),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
            ),
        ];
        return Task.WhenAll(tasks).GetAwaiter().GetResult();
    }

    private void Meet()
    {
        if (!barrier.SignalAndWait(Patience))
        {
            throw new TimeoutException("A process does not come: the processes do not call the same methods.");
        }
    }

    private sealed class Member(ThreadedProcesses processes, int rank) : IProcessGroup
    {
        private byte[] posted = [];

        public int Rank => rank;

        public int Size => processes.members.Length;

        public int LocalRank => rank;

        public void AllReduceSum(Span<float> values) => Sum(values);

        public void AllReduceSum(Span<double> values) => Sum(values);

        public void Broadcast(Span<byte> bytes)
        {
            posted = bytes.ToArray();
            processes.Meet();
            Assert.Equal(bytes.Length, processes.members[0].posted.Length);
            processes.members[0].posted.CopyTo(bytes);
            processes.Meet();
        }

        public void Barrier() => processes.Meet();

        public void Abort(int exitCode) => throw new InvalidOperationException($"Aborted with {exitCode}.");

        private void Sum<T>(Span<T> values)
            where T : unmanaged, System.Numerics.INumber<T>
        {
            posted = MemoryMarshal.AsBytes(values).ToArray();
            processes.Meet();
            values.Clear();
            foreach (Member member in processes.members)
            {
                ReadOnlySpan<T> others = MemoryMarshal.Cast<byte, T>(member.posted);
                Assert.Equal(values.Length, others.Length);
                for (int at = 0; at < values.Length; at++)
                {
                    values[at] += others[at];
                }
            }

            processes.Meet();
        }
    }
}
