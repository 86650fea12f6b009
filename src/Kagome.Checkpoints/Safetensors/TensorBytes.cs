using static TorchSharp.torch;

namespace Kagome.Checkpoints.Safetensors;

/// <summary>The memory of a tensor as spans.</summary>
internal static class TensorBytes
{
    // a span holds at most 2^31 - 1 bytes; elements take at most 8
    private const long ElementsPerSpan = 1 << 27;

    internal delegate void SpanAction(Span<byte> bytes);

    /// <summary>Hands over the tensor's own memory, in order, in one span or several.</summary>
    /// <remarks>The tensor is to be contiguous and on the CPU.</remarks>
    public static void ForEachSpan(Tensor tensor, SpanAction action)
    {
        using var scope = NewDisposeScope();
        Tensor flat = tensor.detach().view(-1);
        for (long start = 0; start < flat.shape[0]; start += ElementsPerSpan)
        {
            action(flat.narrow(0, start, Math.Min(ElementsPerSpan, flat.shape[0] - start)).bytes);
        }
    }
}
