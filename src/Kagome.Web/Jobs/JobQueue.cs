using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Kagome.Web.Jobs;

/// <summary>Jobs that wait or run, in memory, over the <see cref="JobStore"/> that keeps all of them.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class JobQueue
{
    private readonly JobStore store;
    private readonly WebLimits limits;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly LinkedList<ActiveJob> waiting = [];
    private readonly ConcurrentDictionary<string, ActiveJob> active = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim wanted = new(0);

    /// <summary>Takes up again what a server that was stopped or killed had not ended.</summary>
    public JobQueue(JobStore store, WebLimits limits, TimeProvider time)
    {
        (this.store, this.limits, this.time) = (store, limits, time);
        foreach (Job job in store.Unfinished())
        {
            Enqueue(job with { State = JobState.Waiting });
        }
    }

    /// <summary>Adds a job at the end.</summary>
    /// <exception cref="QueueFullException">Too many wait.</exception>
    public Job Submit(JobRequest request, string reducedFormula)
    {
        Job job = new()
        {
            Id = JobStore.NewId(),
            Formula = request.Formula.Trim(),
            ReducedFormula = reducedFormula,
            Request = request,
            Created = time.GetUtcNow(),
        };
        lock (gate)
        {
            ThrowIfFull();
            store.Add(job);
            Enqueue(job);
        }

        return Find(job.Id)!;
    }

    /// <exception cref="QueueFullException">Too many wait.</exception>
    public void ThrowIfFull()
    {
        lock (gate)
        {
            if (waiting.Count >= limits.WaitingJobs)
            {
                throw new QueueFullException(waiting.Count);
            }
        }
    }

    /// <summary>A job as it is now; null where there is none.</summary>
    public Job? Find(string id) => active.TryGetValue(id, out ActiveJob? job) ? Now(job) : store.Find(id);

    /// <summary>A page of the history, as it is now.</summary>
    public JobPage List(string? search, JobState? state, int limit, string? before)
    {
        JobPage page = store.List(search, state, limit, before);
        return page with
        {
            Jobs = [.. page.Jobs.Select(job => active.TryGetValue(job.Id, out ActiveJob? now) ? Now(now) : job)],
        };
    }

    /// <summary>Ends a job that waits, or asks one that runs to end; nothing where it has ended.</summary>
    public void Cancel(string id)
    {
        if (!active.TryGetValue(id, out ActiveJob? job))
        {
            return;
        }

        bool waits;
        lock (gate)
        {
            waits = waiting.Remove(job);
        }

        if (waits)
        {
            End(job, job.Job with { State = JobState.Cancelled });
        }
        else
        {
            job.Stop();
        }
    }

    /// <summary>The job that has waited longest; waits for one where there is none.</summary>
    public async Task<ActiveJob> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await wanted.WaitAsync(cancellation).ConfigureAwait(false);
            if (TryTake(out ActiveJob? next))
            {
                Begin(next);
                return next;
            }
        }
    }

    /// <summary>A job has ended.</summary>
    /// <remarks>Where that cannot be written, it is known here until the server ends; the next one takes the job up again.</remarks>
    public void End(ActiveJob active, Job ended)
    {
        Job final = ended with { Finished = time.GetUtcNow() };
        active.Job = final;
        store.Save(final);
        this.active.TryRemove(final.Id, out _);
    }

    /// <summary>Removes a job that has ended.</summary>
    public void Remove(string id)
    {
        store.Remove(id);
        active.TryRemove(id, out _);
    }

    private void Begin(ActiveJob next)
    {
        Job begun = next.Job with { State = JobState.Running, Started = time.GetUtcNow() };
        try
        {
            store.Save(begun);
            next.Job = begun;
        }
        catch
        {
            lock (gate)
            {
                waiting.AddFirst(next); // its turn comes again: a full disk may have room by then
            }

            wanted.Release();
            throw;
        }
    }

    private bool TryTake([NotNullWhen(true)] out ActiveJob? next)
    {
        lock (gate)
        {
            next = waiting.First?.Value;
            if (next is not null)
            {
                waiting.RemoveFirst();
            }

            return next is not null;
        }
    }

    private void Enqueue(Job job)
    {
        ActiveJob added = new(job, time);
        lock (gate)
        {
            active[job.Id] = added;
            waiting.AddLast(added);
        }

        wanted.Release();
    }

    private Job Now(ActiveJob job)
    {
        Job now = job.Job;
        return now.State == JobState.Waiting ? now with { Place = Place(job) } : now with { Progress = job.Progress };
    }

    private int? Place(ActiveJob job)
    {
        lock (gate)
        {
            int place = waiting.TakeWhile(other => other != job).Count();
            return place < waiting.Count ? place + 1 : null;
        }
    }
}

/// <summary>Too many jobs wait.</summary>
internal sealed class QueueFullException(int waiting)
    : KagomeException(
        $"{waiting} jobs wait, and no more are taken. Try again when one has ended, or start the server with a larger limit."
    );
