using System.Runtime.ExceptionServices;
using TorchSharp;

namespace Kagome.Benchmarks.Measuring;

/// <summary>Threads that do the same work side by side, each with libtorch on one thread, as predictions and training do it.</summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly Barrier start;
    private readonly Barrier end;
    private readonly Thread[] threads;
    private readonly double[] units;
    private Func<int, double>? work;
    private ExceptionDispatchInfo? failure;

    public WorkerThreads(int count)
    {
        (start, end, units) = (new Barrier(count + 1), new Barrier(count + 1), new double[count]);
        threads = [.. Enumerable.Range(0, count).Select(at => new Thread(() => Serve(at)) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
    }

    public int Count => threads.Length;

    /// <summary>Has every worker do the work once.</summary>
    /// <param name="each">Takes the worker's number and returns the units it did.</param>
    /// <returns>Units of all.</returns>
    public double Run(Func<int, double> each)
    {
        work = each;
        start.SignalAndWait();
        end.SignalAndWait();
        failure?.Throw();
        return units.Sum();
    }

    public void Dispose()
    {
        work = null;
        start.SignalAndWait();
        Array.ForEach(threads, thread => thread.Join());
        start.Dispose();
        end.Dispose();
    }

    private void Serve(int worker)
    {
        torch.set_num_threads(1);
        while (true)
        {
            start.SignalAndWait();
            if (work is null)
            {
                return;
            }

            try
            {
                units[worker] = work(worker);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            end.SignalAndWait();
        }
    }
}
