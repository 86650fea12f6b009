using System.Diagnostics;
using TorchSharp;

namespace Kagome.Cli.Diagnosis;

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
