using System.Runtime.ExceptionServices;
using TorchSharp;

namespace Kagome.Work;

/// <summary>Threads that networks are evaluated on: each takes one unit of work at a time and, unless asked otherwise, one core for it.</summary>
/// <remarks>
/// <para>
/// libtorch's own threads would wait for each other in every small operation, so units run side by side, each on one thread. That is set
/// on threads of this object alone: pool threads keep what their owners set. Threads start with the first work and end with this object.
/// </para>
/// <para>Safe to use from several threads: callers share the workers in turn, a unit each.</para>
/// </remarks>
public sealed class WorkerThreads : IDisposable
{
    private static readonly Lock Cores = new();

    private readonly Lock gate = new();
    private readonly Queue<Job> jobs = [];
    private readonly SemaphoreSlim wanted = new(0);
    private readonly CancellationTokenSource ending = new();
    private readonly int coresEach;
    private Thread[] threads = [];
    private volatile bool isDisposed;

    /// <param name="count">Threads; null for one a core.</param>
    /// <param name="coresEach">How many cores libtorch takes in the long operations of each; 0 for work without tensors, which does not load libtorch.</param>
    public WorkerThreads(int? count = null, int coresEach = 1)
    {
        this.coresEach = coresEach;
        Count = count ?? Environment.ProcessorCount;
        OptionException.RequirePositive(nameof(Count), Count);
    }

    /// <summary>How many units are worked on at once.</summary>
    public int Count { get; }

    /// <summary>Whose threads these are, for whoever works with it when it is gone.</summary>
    internal Type Owner { get; init; } = typeof(WorkerThreads);

    /// <summary>Works on units side by side.</summary>
    /// <param name="units">Begun in their order.</param>
    /// <param name="work">Called once a unit, from several threads; looks at the token itself.</param>
    /// <param name="cancellation">Stops before the next unit.</param>
    /// <returns>One result a unit, in their order.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="ObjectDisposedException">The workers are gone.</exception>
    /// <remarks>The first exception of any unit stops the others and is thrown as it is.</remarks>
    public async Task<TResult[]> RunAsync<TUnit, TResult>(
        IReadOnlyList<TUnit> units,
        Func<TUnit, CancellationToken, TResult> work,
        CancellationToken cancellation = default
    )
    {
        ThrowIfDisposed();
        cancellation.ThrowIfCancellationRequested();
        if (units.Count == 0)
        {
            return [];
        }

        TResult[] results = new TResult[units.Count];
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation,
            ending.Token
        );
        Job job = new(units.Count, place => results[place] = work(units[place], stopping.Token), stopping);
        Add(job);
        try
        {
            await job.Completion.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellation);
        }

        return results;
    }

    /// <summary>The same for a caller that waits.</summary>
    /// <inheritdoc cref="RunAsync{TUnit, TResult}"/>
    public TResult[] Run<TUnit, TResult>(
        IReadOnlyList<TUnit> units,
        Func<TUnit, CancellationToken, TResult> work,
        CancellationToken cancellation = default
    ) => RunAsync(units, work, cancellation).GetAwaiter().GetResult();

    /// <summary>Ends the threads after their units; work that waits is stopped.</summary>
    /// <exception cref="InvalidOperationException">It was called by work on one of the threads, which cannot wait for itself.</exception>
    public void Dispose()
    {
        if (threads.Contains(Thread.CurrentThread))
        {
            throw new InvalidOperationException(
                "What is at work cannot be disposed of by its own progress handler; cancel the work there, and dispose of it where it was started."
            );
        }

        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
        }

        ending.Cancel();
        wanted.Release(Math.Max(1, threads.Length));
        Array.ForEach(threads, thread => thread.Join());
        wanted.Dispose();
        ending.Dispose();
    }

    /// <exception cref="ObjectDisposedException">The workers are gone, and their owner with them.</exception>
    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(isDisposed, Owner);

    private void Add(Job job)
    {
        lock (gate)
        {
            ThrowIfDisposed();
            if (threads.Length == 0)
            {
                threads = [.. Enumerable.Range(0, Count).Select(Start)];
            }

            jobs.Enqueue(job);
        }

        wanted.Release(job.UnitCount);
    }

    private Thread Start(int number)
    {
        Thread thread = new(Work) { IsBackground = true, Name = $"Kagome worker {number + 1}" };
        thread.Start();
        return thread;
    }

    private void Work()
    {
        if (coresEach > 0)
        {
            TakeCores();
        }

        while (true)
        {
            wanted.Wait();
            Job? job;
            int place;
            lock (gate)
            {
                if (!jobs.TryDequeue(out job))
                {
                    return; // there is a permit for each unit, and one for each thread at the end
                }

                if (job.TakeUnit(out place))
                {
                    jobs.Enqueue(job); // to the back: callers share the workers in turn
                }
            }

            job.Do(place);
        }
    }

    /// <summary>Sets how many cores this thread takes, and leaves to others what they would have had.</summary>
    /// <remarks>
    /// libtorch sets a thread that it has not met to whatever any thread asked for last: so this thread has to be met before it asks, and the last
    /// to ask has to be one that asks for what was before.
    /// </remarks>
    private void TakeCores()
    {
        lock (Cores)
        {
            int before = torch.get_num_threads();
            torch.set_num_threads(coresEach);
            Thread restoring = new(() => torch.set_num_threads(before));
            restoring.Start();
            restoring.Join();
        }
    }

    /// <summary>The units of one call.</summary>
    private sealed class Job(int unitCount, Action<int> work, CancellationTokenSource stopping)
    {
        private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int taken;
        private int ended;
        private ExceptionDispatchInfo? failure;

        public int UnitCount => unitCount;

        public Task Completion => completion.Task;

        /// <summary>The next unit; under the workers' gate.</summary>
        /// <returns>Whether there are more after it.</returns>
        public bool TakeUnit(out int place)
        {
            place = taken++;
            return taken < unitCount;
        }

        public void Do(int place)
        {
            try
            {
                stopping.Token.ThrowIfCancellationRequested();
                work(place);
            }
            catch (Exception exception)
            {
                if (Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null) is null)
                {
                    stopping.Cancel();
                }
            }

            if (Interlocked.Increment(ref ended) == unitCount)
            {
                End();
            }
        }

        private void End()
        {
            if (failure is null)
            {
                completion.SetResult();
            }
            else
            {
                completion.SetException(failure.SourceException);
            }
        }
    }
}
