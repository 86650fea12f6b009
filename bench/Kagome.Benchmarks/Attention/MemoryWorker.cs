using System.Diagnostics;
using System.Reflection;
using Kagome.Benchmarks.Measuring;
using Kagome.Formats;
using Kagome.Networks.Layers;
using TorchSharp;

namespace Kagome.Benchmarks.Attention;

/// <summary>The memory that a call takes beyond the weights, by the resident set's peak in a process of its own.</summary>
internal static class MemoryWorker
{
    /// <summary>The hidden option by which the process is asked.</summary>
    public const string Option = "--worker";

    private const int BatchAtoms = 128;

    /// <summary>glibc then gives every larger block back to the system at once, so that the resident set is what is in use.</summary>
    private const string MapThresholdVariable = "MALLOC_MMAP_THRESHOLD_";
    private const string MapThreshold = "65536"; // bytes

    /// <summary>Both forms with the same crystals; null where the system does not tell.</summary>
    public static AttentionMemory? Measure(AttentionSettings settings, int atoms, CancellationToken cancellation)
    {
        int crystals = Math.Max(1, BatchAtoms / atoms);
        MemoryAnswer Ask(NetworkForm form) =>
            MemoryWorker.Ask(
                new MemoryRequest(form, atoms, crystals, settings.Model, settings.Shape, settings.Seed),
                cancellation
            );
        return
            (Ask(NetworkForm.Product), Ask(NetworkForm.Literal))
                is (
                    { Forward: { } product, Training: { } productTraining },
                    { Forward: { } literal, Training: { } literalTraining }
                )
            ? new AttentionMemory(crystals, product, literal, productTraining, literalTraining)
            : null;
    }

    /// <summary>Answers in the process that was started for it.</summary>
    public static MemoryAnswer Answer(MemoryRequest request)
    {
        torch.set_num_threads(1);
        using WorkerNetworks networks = new(
            precision => BenchmarkNetwork.Create(request.Model, request.Shape, request.Seed, precision),
            count: 1,
            ProductPrecision.Auto
        );
        using BenchmarkBatch small = BenchmarkBatch.Create(1, 1, request.Seed);
        using BenchmarkBatch batch = BenchmarkBatch.Create(request.Crystals, request.Atoms, request.Seed);
        _ = networks.Forward(0, request.Form, small); // libraries and gradients are there before the count starts
        _ = networks.Train(0, request.Form, small);
        return new MemoryAnswer(
            ResidentMemory.PeakDuring(() => networks.Forward(0, request.Form, batch)),
            ResidentMemory.PeakDuring(() => networks.Train(0, request.Form, batch))
        );
    }

    private static MemoryAnswer Ask(MemoryRequest request, CancellationToken cancellation)
    {
        string program = Environment.ProcessPath!;
        string[] self =
            Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Assembly.GetExecutingAssembly().Location] : [];
        ProcessStartInfo start = new(program, [.. self, "bench", "attention", Option, JsonText.Line(request)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[MapThresholdVariable] = MapThreshold;
        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration stop = cancellation.Register(process.Kill);
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? JsonText.Parse<MemoryAnswer>(answer)
            : throw new InvalidOperationException($"The process that measures memory ended with {process.ExitCode}.");
    }
}
