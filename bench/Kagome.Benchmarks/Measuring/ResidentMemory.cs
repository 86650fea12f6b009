using System.Globalization;

namespace Kagome.Benchmarks.Measuring;

/// <summary>The memory that the process has in use, by the system's own count; Linux only.</summary>
/// <remarks>libtorch does not tell the peak of its memory, and .NET does not see it: the kernel's high-water mark holds all of it.</remarks>
internal static class ResidentMemory
{
    private const string Status = "/proc/self/status";
    private const string ClearReferences = "/proc/self/clear_refs";
    private const string ResetPeak = "5"; // man 5 proc

    /// <summary>Bytes in use now; null where the system does not say.</summary>
    public static long? Now() => Read("VmRSS:");

    /// <summary>By how many bytes some work raised the memory in use, at its highest; null where the system does not say.</summary>
    /// <remarks>Memory that earlier work used and the allocator kept does not count again: measure in a fresh process.</remarks>
    public static long? PeakDuring(Action work)
    {
        if (Now() is not { } before || !TryResetPeak())
        {
            return null;
        }

        work();
        return Read("VmHWM:") - before;
    }

    private static bool TryResetPeak()
    {
        try
        {
            File.WriteAllText(ClearReferences, ResetPeak);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long? Read(string name)
    {
        if (!File.Exists(Status))
        {
            return null;
        }

        string? line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        string? number = line?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
        return long.TryParse(number, CultureInfo.InvariantCulture, out long kibibytes) ? kibibytes * 1024 : null;
    }
}
