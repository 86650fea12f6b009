namespace Kagome.Benchmarks.Tests;

/// <summary>A clock that moves when it is told to.</summary>
internal sealed class FakeClock : TimeProvider
{
    private long now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now;

    public void Advance(double seconds) => now += TimeSpan.FromSeconds(seconds).Ticks;
}
