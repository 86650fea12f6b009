namespace Kagome.Web.Jobs;

/// <summary>A job that waits or runs.</summary>
/// <remarks>One thread works on it; others look at it and may stop it.</remarks>
internal sealed class ActiveJob(Job job, TimeProvider time)
{
    private readonly CancellationTokenSource stopping = new();
    private volatile Job job = job;
    private volatile Counted? first;
    private volatile Counted? last;

    public Job Job
    {
        get => job;
        set => job = value;
    }

    /// <summary>Whether a visitor has asked it to end.</summary>
    public CancellationToken Stopping => stopping.Token;

    public JobProgress? Progress
    {
        get
        {
            if (last is not { At.Total: > 0 } now || first is not { } begin)
            {
                return null;
            }

            double seconds = time.GetElapsedTime(begin.Time).TotalSeconds;
            double? rate = now.At.Done > begin.At.Done && seconds > 0 ? (now.At.Done - begin.At.Done) / seconds : null;
            return new JobProgress(now.At.Done, now.At.Total, now.At.Unit, rate, (now.At.Total - now.At.Done) / rate);
        }
    }

    public void Stop() => stopping.Cancel();

    /// <summary>Notes how far it is; what was done before the first report counts for no rate.</summary>
    public void Note(WorkProgress at)
    {
        Counted now = new(at, time.GetTimestamp());
        first ??= now;
        last = now;
    }

    private sealed record Counted(WorkProgress At, long Time);
}
