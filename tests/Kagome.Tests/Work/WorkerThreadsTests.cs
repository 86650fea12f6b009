using Kagome.Work;
using TorchSharp;

namespace Kagome.Tests.Work;

public sealed class WorkerThreadsTests
{
    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(3, 2)]
    [InlineData(4, 1000)]
    public async Task RunAsync_gives_every_unit_one_result_in_its_place(int threads, int units)
    {
        using WorkerThreads workers = new(threads);
        int[] results = await workers.RunAsync(
            [.. Enumerable.Range(0, units)],
            (unit, _) => unit * unit,
            TestCancellation
        );
        Assert.Equal(Enumerable.Range(0, units).Select(unit => unit * unit), results);
    }

    [Fact]
    public async Task RunAsync_of_nothing_gives_nothing()
    {
        using WorkerThreads workers = new(2);
        Assert.Empty(await workers.RunAsync(Array.Empty<int>(), (unit, _) => unit, TestCancellation));
    }

    [Fact]
    public async Task RunAsync_each_thread_takes_the_cores_it_was_given_and_leaves_those_of_others()
    {
        int own = torch.get_num_threads();
        int fresh = await Fresh();
        using WorkerThreads single = new(2);
        using WorkerThreads wide = new(1, coresEach: 3);
        for (int round = 0; round < 3; round++)
        {
            Assert.All(await Cores(single), cores => Assert.Equal(1, cores));
            Assert.All(await Cores(wide), cores => Assert.Equal(3, cores));
        }

        Assert.Equal(own, torch.get_num_threads());
        Assert.Equal(fresh, await Fresh());
    }

    [Fact]
    public async Task RunAsync_never_works_on_more_units_at_once_than_there_are_threads()
    {
        using WorkerThreads workers = new(2);
        int now = 0;
        int most = 0;
        async Task Call() =>
            await workers.RunAsync(
                [.. Enumerable.Range(0, 20)],
                (_, _) =>
                {
                    int running = Interlocked.Increment(ref now);
                    InterlockedMax(ref most, running);
                    Thread.Sleep(1);
                    return Interlocked.Decrement(ref now);
                },
                TestCancellation
            );
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Call()));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task RunAsync_short_work_is_not_kept_waiting_by_long_work()
    {
        using WorkerThreads workers = new(1);
        int doneOfLong = 0;
        Task<int[]> longWork = workers.RunAsync(
            [.. Enumerable.Range(0, 200)],
            (unit, _) =>
            {
                Thread.Sleep(1);
                Interlocked.Increment(ref doneOfLong);
                return unit;
            },
            TestCancellation
        );
        await workers.RunAsync([1, 2], (unit, _) => unit, TestCancellation);
        Assert.True(Volatile.Read(ref doneOfLong) < 200);
        Assert.Equal(200, (await longWork).Length);
    }

    [Fact]
    public async Task RunAsync_throws_the_first_failure_as_it_is_and_stops_the_others()
    {
        using WorkerThreads workers = new(2);
        int begun = 0;
        IOException exception = await Assert.ThrowsAsync<IOException>(() =>
            workers.RunAsync(
                [.. Enumerable.Range(0, 10_000)],
                (unit, _) =>
                {
                    Interlocked.Increment(ref begun);
                    return unit == 5 ? throw new IOException("No space left on device") : unit;
                },
                TestCancellation
            )
        );
        Assert.Equal("No space left on device", exception.Message);
        Assert.True(begun < 10_000);
        int[] again = await workers.RunAsync([1], (unit, _) => unit, TestCancellation);
        Assert.Equal([1], again);
    }

    [Fact]
    public async Task RunAsync_cancelled_throws_with_the_token_of_the_caller()
    {
        using WorkerThreads workers = new(2);
        using CancellationTokenSource cancellation = new();
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            workers.RunAsync(
                [.. Enumerable.Range(0, 1000)],
                (unit, stop) =>
                {
                    if (unit == 10)
                    {
                        cancellation.Cancel();
                    }

                    stop.ThrowIfCancellationRequested();
                    return unit;
                },
                cancellation.Token
            )
        );
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task RunAsync_after_dispose_is_refused()
    {
        WorkerThreads workers = new(2);
        await workers.RunAsync([1], (unit, _) => unit, TestCancellation);
        workers.Dispose();
        workers.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            workers.RunAsync([1], (unit, _) => unit, TestCancellation)
        );
    }

    [Fact]
    public void Count_below_one_is_refused() => Assert.Throws<OptionException>(() => new WorkerThreads(0));

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    /// <summary>How many cores a thread takes that libtorch has not met.</summary>
    private static Task<int> Fresh() =>
        Task.Factory.StartNew(
            torch.get_num_threads,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static Task<int[]> Cores(WorkerThreads workers) =>
        workers.RunAsync([.. Enumerable.Range(0, 8)], (_, _) => torch.get_num_threads(), TestCancellation);
}
