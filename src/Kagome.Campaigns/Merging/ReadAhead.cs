using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Kagome.Campaigns.Merging;

/// <summary>Reads on a thread of its own while what was read is worked on.</summary>
internal static class ReadAhead
{
    /// <summary>The same, in the same order.</summary>
    /// <param name="source">Enumerated once, on one other thread.</param>
    /// <param name="most">How many may wait.</param>
    public static IEnumerable<T> Of<T>(IEnumerable<T> source, int most)
    {
        using CancellationTokenSource ended = new();
        using BlockingCollection<T> waiting = new(most);
        CancellationToken stop = ended.Token;
        Task reading = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    foreach (T item in source)
                    {
                        waiting.Add(item, stop);
                    }
                }
                finally
                {
                    waiting.CompleteAdding();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            foreach (T item in waiting.GetConsumingEnumerable(CancellationToken.None))
            {
                yield return item;
            }
        }
        finally
        {
            ended.Cancel();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }

        if (reading.Exception is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
        }
    }
}
