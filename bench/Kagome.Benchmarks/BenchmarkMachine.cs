using System.Runtime.InteropServices;
using Kagome.Benchmarks.Measuring;
using Kagome.Diagnosis;
using Kagome.Networks.Layers;
using TorchSharp;

namespace Kagome.Benchmarks;

/// <summary>Where a measurement was made: figures without it mean nothing.</summary>
/// <param name="Processor">Its name, where the system tells.</param>
/// <param name="Cores">Worker threads.</param>
/// <param name="System">Operating system.</param>
/// <param name="Libtorch">Version.</param>
/// <param name="Commit">Of Kagome.</param>
/// <param name="Precision">What the automatic precision is here.</param>
/// <param name="Float32Gflops">Matrix products on all cores, 10⁹ operations a second.</param>
/// <param name="Bfloat16Gflops">Likewise.</param>
internal sealed record BenchmarkMachine(
    string? Processor,
    int Cores,
    string System,
    string Libtorch,
    string? Commit,
    ProductPrecision Precision,
    double Float32Gflops,
    double Bfloat16Gflops
)
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public static BenchmarkMachine Measure(WorkerThreads workers, MeasurementClock clock, int productSize) =>
        new(
            ProcessorName(),
            workers.Count,
            RuntimeInformation.OSDescription,
            torch.__version__,
            Installation.Commit,
            ProductPrecision.Auto.On(torch.CPU),
            Gflops(workers, clock, torch.ScalarType.Float32, productSize),
            Gflops(workers, clock, torch.ScalarType.BFloat16, productSize)
        );

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{Processor ?? "unknown processor"}, {Cores} threads; matrix products {Float32Gflops:F0} GFLOP/s in float32, {Bfloat16Gflops:F0} in bfloat16; products at {Precision}";

    private static double Gflops(WorkerThreads workers, MeasurementClock clock, torch.ScalarType type, int productSize)
    {
        using ProductRate rate = new(workers, type, productSize, productsOfRound: 1);
        return rate.Measure(clock) / 1e9;
    }

    private static string? ProcessorName() =>
        File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[1]
                .Trim()
            : null;
}
