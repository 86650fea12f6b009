using Kagome.Output;
using TorchSharp;

namespace Kagome.Benchmarks.Measuring;

/// <summary>What some repeated work left in memory, after it ran once to warm up.</summary>
/// <param name="Rounds">Of the work.</param>
/// <param name="TensorsBefore">Live tensors, by TorchSharp's own count.</param>
/// <param name="TensorsAfter">Likewise.</param>
/// <param name="BytesBefore">Resident memory; null where the system does not tell.</param>
/// <param name="BytesAfter">Likewise.</param>
internal sealed record MemoryGrowth(
    int Rounds,
    long TensorsBefore,
    long TensorsAfter,
    long? BytesBefore,
    long? BytesAfter
)
{
    private const int WarmUpRounds = 50;

    /// <summary>Watches work on any threads.</summary>
    /// <param name="rounds">Of the work.</param>
    /// <param name="work">Does so many rounds.</param>
    public static MemoryGrowth During(int rounds, Action<int> work)
    {
        work(Math.Min(rounds, WarmUpRounds));
        (long tensors, long? bytes) = (LiveTensors, ResidentMemory.Now());
        work(rounds);
        return new MemoryGrowth(rounds, tensors, LiveTensors, bytes, ResidentMemory.Now());
    }

    private static long LiveTensors => torch.Tensor.TotalCount;

    public override string ToString()
    {
        string resident =
            BytesBefore is { } before && BytesAfter is { } after
                ? $"{ByteCount.Format(before)}, then {ByteCount.Format(after)}"
                : "not measured on this system";
        return $"over {Rounds} rounds: {TensorsBefore} tensors, then {TensorsAfter}; resident {resident}";
    }
}
