namespace Kagome.Benchmarks.Measuring;

/// <summary>One call as it was timed.</summary>
/// <param name="Seconds">By the clock on the wall.</param>
/// <param name="ProcessorSeconds">Of all processors on this process.</param>
/// <param name="Units">Done by the call, such as crystals.</param>
internal readonly record struct Timing(double Seconds, double ProcessorSeconds, double Units)
{
    public double SecondsPerUnit => Seconds / Units;
}
