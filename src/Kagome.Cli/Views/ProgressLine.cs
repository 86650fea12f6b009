using System.Diagnostics;

namespace Kagome.Cli.Views;

/// <summary>A line on stderr that says how work goes: overwritten in a terminal, a new one now and then elsewhere.</summary>
/// <param name="error">Where to write.</param>
/// <param name="plainInterval">Between lines where that is no terminal.</param>
internal sealed class ProgressLine(TextWriter error, TimeSpan plainInterval) : IDisposable
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(0.2);

    private readonly bool isLive = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan? lastShown;

    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>Shows a text if it is time for one; from any thread.</summary>
    public void Show(Func<string> text, bool isLast = false)
    {
        lock (clock)
        {
            TimeSpan since = clock.Elapsed - (lastShown ?? TimeSpan.Zero);
            if (since < (isLive ? LiveInterval : plainInterval) && !isLast)
            {
                return;
            }

            lastShown = clock.Elapsed;
            error.Write(isLive ? $"\r{text()}\u001b[K" : $"{text()}\n");
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void Keep(string text) => error.WriteLine(isLive ? $"\r{text}\u001b[K" : text);

    /// <summary>Clears the live line.</summary>
    public void Dispose()
    {
        if (isLive && lastShown is not null)
        {
            error.Write("\r\u001b[K");
            lastShown = null;
        }
    }

    public static string Format(TimeSpan span) =>
        span.TotalHours >= 1
            ? $"{(int)span.TotalHours}:{span.Minutes:D2}:{span.Seconds:D2}"
            : $"{span.Minutes}:{span.Seconds:D2}";
}
