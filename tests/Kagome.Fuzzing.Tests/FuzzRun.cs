namespace Kagome.Fuzzing.Tests;

/// <summary>An input that a reader did not take as it should.</summary>
/// <param name="Index">With the seed, it makes the input again.</param>
/// <param name="Input">Made as short as was found.</param>
/// <param name="Exception">What happened.</param>
internal sealed record Fault(long Index, FuzzInput Input, Exception Exception)
{
    /// <summary>Faults of one kind are reported once: the exception and where in Kagome it came from.</summary>
    public static string KindOf(Exception exception) =>
        exception is ViolationException
            ? $"{exception.GetType().Name} {new string([.. exception.Message.Where(char.IsAsciiLetter).Take(40)])}"
            : $"{exception.GetType().Name} {exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("at Kagome.", StringComparison.Ordinal))?.Trim()}";
}

/// <summary>Damaged files, one after another, through one reader.</summary>
/// <remarks>The input of an index depends on the seed and the index alone.</remarks>
internal sealed class FuzzRun(Target target, int seed)
{
    private const long MostBytes = 1L << 30; // allocated by one input
    private const int MostTries = 4000; // to make a find shorter

    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Fault> faults = new(StringComparer.Ordinal);

    /// <summary>The first input of each kind of fault.</summary>
    public IReadOnlyCollection<Fault> Faults => faults.Values;

    /// <summary>How many inputs had something that was read.</summary>
    public long ReadCount { get; private set; }

    public TimeSpan Slowest { get; private set; }

    public long LargestAllocation { get; private set; }

    public void Try(long index)
    {
        FuzzInput input = target.Make(new Random(HashCodeOf(index)));
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = Environment.CpuUsage.TotalTime; // of the processor: on a busy machine the clock says nothing
        Exception? exception = Problem(input, out bool isRead);
        ReadCount += isRead ? 1 : 0;
        TimeSpan time = Environment.CpuUsage.TotalTime - start;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        (Slowest, LargestAllocation) = (time > Slowest ? time : Slowest, Math.Max(bytes, LargestAllocation));
        exception ??=
            time > LongestTime ? new ViolationException($"took {time.TotalSeconds:F1} s")
            : bytes > MostBytes ? new ViolationException($"allocated {bytes >> 20} MiB")
            : null;
        if (exception is not null && !faults.ContainsKey(Fault.KindOf(exception)))
        {
            faults[Fault.KindOf(exception)] = new Fault(index, Shorten(input, exception), exception);
        }
    }

    private int HashCodeOf(long index) => unchecked((int)((seed * 0x9E3779B1L) + (index * 0x85EBCA77L)));

    /// <summary>What is wrong; null where the input is read, or refused as it should be.</summary>
    private Exception? Problem(FuzzInput input, out bool isRead)
    {
        isRead = false;
        try
        {
            isRead = target.Read(input);
            return null;
        }
        catch (KagomeException)
        {
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>Leaves out ever smaller parts, as long as the same thing happens.</summary>
    private FuzzInput Shorten(FuzzInput input, Exception exception)
    {
        int tries = 0;
        for (int length = target.IsPlain ? input.Content.Length / 2 : 0; length > 0; length /= 2)
        {
            for (int start = 0; start + length <= input.Content.Length && tries++ < MostTries; )
            {
                FuzzInput shorter = input with
                {
                    Content = [.. input.Content.AsSpan(0, start), .. input.Content.AsSpan(start + length)],
                };
                if (Problem(shorter, out _) is { } same && Fault.KindOf(same) == Fault.KindOf(exception))
                {
                    input = shorter;
                }
                else
                {
                    start += length;
                }
            }
        }

        return input;
    }
}
