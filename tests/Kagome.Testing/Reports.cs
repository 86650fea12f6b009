namespace Kagome.Testing;

/// <summary>Hears of progress at once, on the thread that reports.</summary>
public sealed class Reports(Action<WorkProgress> report) : IProgress<WorkProgress>
{
    public void Report(WorkProgress value) => report(value);
}
