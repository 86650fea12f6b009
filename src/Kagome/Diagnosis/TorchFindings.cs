using System.Diagnostics;
using System.Runtime.InteropServices;
using Kagome.Networks;
using Kagome.Networks.Batches;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Diagnosis;

/// <summary>Whether libtorch loads, from where, and what it computes on.</summary>
internal static class TorchFindings
{
    private static readonly string[] LibraryNames =
    [
        "LibTorchSharp",
        "torch",
        "c10",
        "mkl",
        "gomp",
        "iomp",
        "omp",
        "cudart",
    ];

    public static IEnumerable<Finding> Collect()
    {
        if (LoadProblem() is { } problem)
        {
            return
            [
                new Finding(
                    "libtorch",
                    problem,
                    FindingState.Broken,
                    "Install Kagome again for this system; on Linux it needs glibc 2.28 or later, on Windows the Visual C++ runtime."
                ),
            ];
        }

        return [new Finding("libtorch", torch.__version__), .. Libraries(), Threads(), Cuda()];
    }

    private static string? LoadProblem()
    {
        try
        {
            using torch.Tensor one = torch.ones(1);
            return null;
        }
        catch (Exception exception)
            when (exception is TypeInitializationException or DllNotFoundException or NotSupportedException)
        {
            return (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>The native libraries that this process has loaded, by their folders.</summary>
    private static IEnumerable<Finding> Libraries()
    {
        using Process process = Process.GetCurrentProcess();
        return
        [
            .. process
                .Modules.Cast<ProcessModule>()
                .Select(module => module.FileName)
                .Where(path => IsNative(Path.GetFileName(path)))
                .Distinct(StringComparer.Ordinal)
                .GroupBy(Path.GetDirectoryName, Path.GetFileName, StringComparer.Ordinal)
                .OrderBy(folder => folder.Key, StringComparer.Ordinal)
                .Select(folder => new Finding(
                    "libraries",
                    $"{string.Join(", ", folder.Order(StringComparer.Ordinal))} in {folder.Key}"
                )),
        ];
    }

    private static bool IsNative(string fileName)
    {
        bool hasPrefix = fileName.StartsWith("lib", StringComparison.OrdinalIgnoreCase);
        string name = hasPrefix ? fileName[3..] : fileName;
        bool isManaged = !hasPrefix && name.StartsWith("TorchSharp", StringComparison.Ordinal);
        return !isManaged && LibraryNames.Any(known => name.StartsWith(known, StringComparison.OrdinalIgnoreCase));
    }

    private static Finding Threads() =>
        new("threads", $"{torch.get_num_threads()} for products, {Environment.ProcessorCount} processors");

    private static Finding Cuda() =>
        torch.cuda.is_available()
            ? new Finding("CUDA", $"{torch.cuda.device_count()} devices")
            : new Finding("CUDA", "not available: computes on the processor");
}

/// <summary>About a second of work such as predictions do.</summary>
internal static class SelfTest
{
    private const int AtomCount = 8;
    private const int ElementCount = 101;
    private const int MatrixSize = 512;
    private const string WayOut = "Report this with the whole output of kagome doctor.";

    private static readonly TimeSpan ProductTime = TimeSpan.FromSeconds(0.3);

    private static readonly CrysformerConfiguration SmallNetwork = new()
    {
        BlockCount = 2,
        HiddenDimension = 64,
        FrequencyCount = 16,
        TimeDimension = 32,
        HasEnergyHead = true,
    };

    public static IReadOnlyList<Finding> Collect(CancellationToken cancellation)
    {
        try
        {
            return [Network(), Products(ScalarType.Float32, cancellation), Products(ScalarType.BFloat16, cancellation)];
        }
        catch (Exception exception)
            when (exception
                    is ExternalException
                        or TypeInitializationException
                        or DllNotFoundException
                        or NotSupportedException
            )
        {
            return [new Finding("self-test", exception.Message.Split('\n')[0], FindingState.Broken, WayOut)];
        }
    }

    private static Finding Network()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using Generator generator = new(1);
        using Crysformer network = new(
            SmallNetwork,
            rand([ElementCount, SmallNetwork.ElementFeatureCount], generator: generator),
            generator
        );
        network.eval();
        Stopwatch clock = Stopwatch.StartNew();
        CrysformerOutput output = network.Evaluate(
            new CrystalBatch(
                CrystalLayout.Uniform(1, AtomCount),
                randint(1, ElementCount, [AtomCount], dtype: ScalarType.Int64, generator: generator),
                rand([AtomCount, 3], generator: generator),
                4 * eye(3).unsqueeze(0),
                ones(1)
            )
        );
        bool isFinite =
            output.Coordinates.isfinite().all().item<bool>() && output.Lattices.isfinite().all().item<bool>();
        string value = $"evaluated in {clock.Elapsed.TotalMilliseconds:F0} ms";
        return isFinite
            ? new Finding("small network", value)
            : new Finding("small network", $"{value}: gives no finite numbers", FindingState.Broken, WayOut);
    }

    /// <summary>The rate of matrix products, and whether a product of ones is what it has to be.</summary>
    private static Finding Products(ScalarType type, CancellationToken cancellation)
    {
        using Tensor factor = ones([MatrixSize, MatrixSize], dtype: type);
        using Tensor first = matmul(factor, factor); // the first one also sets up threads
        Stopwatch clock = Stopwatch.StartNew();
        int count = 0;
        while (clock.Elapsed < ProductTime)
        {
            cancellation.ThrowIfCancellationRequested();
            matmul(factor, factor).Dispose();
            count++;
        }

        double operations = 2 * Math.Pow(MatrixSize, 3) * count;
        string value = $"{operations / clock.Elapsed.TotalSeconds / 1e9:F0} GFLOP/s";
        string name = $"products in {type}".ToLowerInvariant();
        using Tensor equal = first.eq(MatrixSize).all();
        return equal.item<bool>()
            ? new Finding(name, value)
            : new Finding(name, $"{value}, but wrong results", FindingState.Broken, WayOut);
    }
}
