namespace Kagome.Benchmarks.Processes;

/// <summary>What processes are joined by.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Latency">Seconds of a message without content.</param>
/// <param name="Bandwidth">Bytes a second and direction.</param>
internal sealed record NetworkLink(string Name, double Latency, double Bandwidth)
{
    /// <summary>Typical published figures of MPI over such networks, not measured here.</summary>
    public static IReadOnlyList<NetworkLink> Assumed { get; } =
    [
        new("InfiniBand HDR, 200 Gb/s, assumed", 1.5e-6, 23e9),
        new("Ethernet, 25 Gb/s, assumed", 20e-6, 2.8e9),
        new("Ethernet, 1 Gb/s, assumed", 50e-6, 0.117e9),
    ];

    /// <summary>Memory between two processes, by the quickest of the sums that were timed: a sum of two costs 2 latencies and the bytes once.</summary>
    public static NetworkLink Of(IReadOnlyList<SumTime> sums)
    {
        double latency = sums.MinBy(sum => sum.Length)!.Seconds / 2;
        return new NetworkLink(
            "memory of this machine",
            latency,
            sums.Where(sum => sum.Length > 1).Max(sum => 4.0 * sum.Length / (sum.Seconds - (2 * latency)))
        );
    }
}

/// <summary>A step of many processes, computed: each does what it does here, and then all add up their gradients in a ring.</summary>
/// <remarks>
/// Source of the ring's cost, 2 (N - 1) / N × bytes / bandwidth + 2 (N - 1) × latency: Patarasuk and Yuan, J. Parallel Distrib. Comput. 69, 117 (2009).
/// Nothing of it is hidden behind the backward pass.
/// </remarks>
/// <param name="Link">What joins them.</param>
/// <param name="ProcessCount">N.</param>
/// <param name="SumSeconds">Of the sum.</param>
/// <param name="Efficiency">Share of a step that is not the sum.</param>
internal sealed record ScalingForecast(NetworkLink Link, int ProcessCount, double SumSeconds, double Efficiency)
{
    /// <param name="link">What joins them.</param>
    /// <param name="processes">N.</param>
    /// <param name="weights">Length of the gradient, in float32.</param>
    /// <param name="stepSeconds">What a process does in a step.</param>
    public static ScalingForecast Of(NetworkLink link, int processes, long weights, double stepSeconds)
    {
        double sum =
            (2.0 * (processes - 1) / processes * 4 * weights / link.Bandwidth) + (2 * (processes - 1) * link.Latency);
        return new ScalingForecast(link, processes, sum, stepSeconds / (stepSeconds + sum));
    }
}
