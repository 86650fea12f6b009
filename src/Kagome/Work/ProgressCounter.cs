namespace Kagome.Work;

/// <summary>Adds up the work of several threads and reports it, one report at a time.</summary>
internal sealed class ProgressCounter(IProgress<WorkProgress>? progress, string task, string unit, long total = 0)
{
    private readonly Lock gate = new();
    private long done;
    private long all = total;

    /// <summary>What else there is to say, beside each report.</summary>
    public string? Note { get; set; }

    /// <summary>So much more is to be done.</summary>
    public void Expect(long units)
    {
        lock (gate)
        {
            all += units;
        }
    }

    /// <summary>So much was done before; nobody hears of it alone.</summary>
    public void Skip(long units)
    {
        lock (gate)
        {
            done += units;
        }
    }

    /// <summary>So much more is done.</summary>
    public void Advance(long units)
    {
        lock (gate)
        {
            done += units;
            progress?.Report(new WorkProgress(task, done, all, unit, Note));
        }
    }
}
