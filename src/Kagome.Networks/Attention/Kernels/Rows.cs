using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>Rows of float32 numbers in memory that does not move, or some columns of such rows.</summary>
/// <remarks>Whoever makes one keeps the memory alive: a tensor, or a pinned array.</remarks>
internal readonly unsafe struct Rows
{
    private readonly float* origin;

    /// <param name="origin">The first number.</param>
    /// <param name="count">Rows.</param>
    /// <param name="stride">Numbers from the start of one row to the start of the next.</param>
    public Rows(float* origin, int count, int stride)
    {
        this.origin = origin;
        (Count, Stride) = (count, stride);
    }

    public int Count { get; }

    /// <summary>Numbers from the start of one row to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>The first number of a row.</summary>
    public ref float this[int row]
    {
        get
        {
            Debug.Assert(row >= 0 && row < Count);
            return ref origin[(nint)row * Stride];
        }
    }

    /// <summary>All rows of a contiguous float32 tensor on the CPU, its last axis being a row.</summary>
    public static Rows Of(Tensor tensor)
    {
        Debug.Assert(tensor.dtype == ScalarType.Float32);
        int stride = checked((int)tensor.shape[^1]);
        Span<float> numbers = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        return new Rows(
            (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers)),
            numbers.Length / stride,
            stride
        );
    }

    /// <summary>Some of the rows, from some column on.</summary>
    public Rows Part(int start, int count, int column = 0)
    {
        Debug.Assert(start >= 0 && start + count <= Count && column < Stride);
        return new Rows(origin + ((nint)start * Stride) + column, count, Stride);
    }

    /// <summary>A square matrix without gaps that starts some numbers behind the first.</summary>
    public Rows Square(int start, int size) => new(origin + start, size, size);

    /// <summary>Rows that each start one number after the one before: of a square matrix without gaps, its columns.</summary>
    public Rows Transposed() => new(origin, Count, 1);
}
