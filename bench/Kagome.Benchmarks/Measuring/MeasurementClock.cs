namespace Kagome.Benchmarks.Measuring;

/// <summary>What a measurement reads: wall time, and the time that all processors spent on this process.</summary>
internal sealed record MeasurementClock(TimeProvider Wall, Func<TimeSpan> Processor)
{
    public static MeasurementClock System { get; } = new(TimeProvider.System, () => Environment.CpuUsage.TotalTime);

    /// <summary>Times some work.</summary>
    /// <param name="work">Returns how many units it did, such as crystals.</param>
    public Timing Time(Func<double> work)
    {
        TimeSpan processor = Processor();
        long start = Wall.GetTimestamp();
        double units = work();
        double seconds = Wall.GetElapsedTime(start).TotalSeconds;
        return new Timing(seconds, (Processor() - processor).TotalSeconds, units);
    }
}
