using System.Runtime.ExceptionServices;

namespace Kagome.Prototypes;

/// <summary>Results of parallel work, whose failures are those of the work itself.</summary>
internal static class ParallelResults
{
    /// <summary>All results; where work failed, throws what it threw first instead of an <see cref="AggregateException"/>.</summary>
    public static T[] ToArrayOrFail<T>(this ParallelQuery<T> work, CancellationToken cancellation)
    {
        try
        {
            return work.ToArray();
        }
        catch (AggregateException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
            throw;
        }
    }
}
