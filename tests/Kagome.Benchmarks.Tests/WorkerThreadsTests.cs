using Kagome.Benchmarks.Measuring;

namespace Kagome.Benchmarks.Tests;

public sealed class WorkerThreadsTests
{
    [Fact]
    public void Run_sums_the_units_of_all_workers()
    {
        using WorkerThreads workers = new(3);
        Assert.Equal(0 + 1 + 2, workers.Run(worker => worker));
        Assert.Equal(3, workers.Run(_ => 1));
    }

    [Fact]
    public void Run_failing_work_throws_what_it_threw()
    {
        using WorkerThreads workers = new(2);
        Assert.Throws<InvalidOperationException>(() =>
            workers.Run(worker => worker == 1 ? throw new InvalidOperationException() : 1)
        );
    }
}
