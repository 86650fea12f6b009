using System.Diagnostics;
using System.Runtime.InteropServices;
using Kagome.Networks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Cli.Diagnosis;

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

    public static IReadOnlyList<Finding> Collect()
    {
        try
        {
            return [Network(), Products(ScalarType.Float32), Products(ScalarType.BFloat16)];
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
            randint(1, ElementCount, [1, AtomCount], dtype: ScalarType.Int64, generator: generator),
            rand([1, AtomCount, 3], generator: generator),
            4 * eye(3).unsqueeze(0),
            ones(1)
        );
        bool isFinite =
            output.Coordinates.isfinite().all().item<bool>() && output.Lattices.isfinite().all().item<bool>();
        string value = $"evaluated in {clock.Elapsed.TotalMilliseconds:F0} ms";
        return isFinite
            ? new Finding("small network", value)
            : new Finding("small network", $"{value}: gives no finite numbers", FindingState.Broken, WayOut);
    }

    /// <summary>The rate of matrix products, and whether a product of ones is what it has to be.</summary>
    private static Finding Products(ScalarType type)
    {
        using Tensor factor = ones([MatrixSize, MatrixSize], dtype: type);
        using Tensor first = matmul(factor, factor); // the first one also sets up threads
        Stopwatch clock = Stopwatch.StartNew();
        int count = 0;
        while (clock.Elapsed < ProductTime)
        {
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
