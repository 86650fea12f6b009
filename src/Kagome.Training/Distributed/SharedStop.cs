namespace Kagome.Training.Distributed;

/// <summary>Work that may be stopped in one process only, and then has to be stopped in all.</summary>
internal static class SharedStop
{
    /// <summary>Does work in all processes, and waits for all.</summary>
    /// <exception cref="StoppedTogetherException">It was stopped, in any process; thrown by all.</exception>
    public static async Task<T> TogetherAsync<T>(
        this IProcessGroup group,
        Func<Task<T>> work,
        CancellationToken cancellation
    )
    {
        (bool isDone, T? result) = (false, default);
        try
        {
            (result, isDone) = (await work().ConfigureAwait(false), true);
        }
        catch (OperationCanceledException exception) when (IsOurs(exception, cancellation))
        {
            // the others have to hear of it first
        }

        return group.Any(!isDone) ? throw new StoppedTogetherException() : result!;
    }

    /// <summary>Whether somebody wanted it, here or in another process.</summary>
    public static bool IsOurs(OperationCanceledException exception, CancellationToken cancellation) =>
        exception is StoppedTogetherException || cancellation.IsCancellationRequested;
}

/// <summary>All processes stop, since one was told to.</summary>
internal sealed class StoppedTogetherException()
    : OperationCanceledException("The work was stopped, in this process or another.");
