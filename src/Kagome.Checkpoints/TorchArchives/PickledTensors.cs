namespace Kagome.Checkpoints.TorchArchives;

/// <summary>Makes tensors from what a pickle says of them.</summary>
internal static class PickledTensors
{
    private const int LargestRank = 32;

    /// <param name="arguments">Of <c>_rebuild_tensor_v2</c>: storage, offset, shape, strides; the rest concerns gradients.</param>
    /// <exception cref="PickleException">The tensor does not lie in its storage, or repeats its numbers.</exception>
    public static PickledTensor Make(object?[] arguments)
    {
        if (arguments is not [PickledStorage storage, long offset, object?[] sizes, object?[] steps, ..])
        {
            throw new PickleException("a tensor without storage, offset, shape and strides");
        }

        long[] shape = Numbers(sizes);
        long[] strides = Numbers(steps);
        if (shape.Length != strides.Length || shape.Length > LargestRank)
        {
            throw new PickleException($"a tensor of {shape.Length} axes and {strides.Length} strides");
        }

        if (offset < 0 || !Fits(storage.ElementCount, offset, shape, strides))
        {
            throw new PickleException(
                $"a tensor [{string.Join(", ", shape)}] with strides [{string.Join(", ", strides)}] from {offset} does not fit storage '{storage.Key}' of {storage.ElementCount} numbers"
            );
        }

        return new PickledTensor(storage, offset, shape, strides);
    }

    private static bool Fits(long available, long offset, long[] shape, long[] strides)
    {
        Int128 count = 1;
        Int128 last = offset; // of the elements, the furthest from the start
        foreach ((long length, long stride) in shape.Zip(strides))
        {
            count *= Math.Max(length, 1); // empty tensors too have to have a shape that libtorch can hold
            last += (Int128)Math.Max(length - 1, 0) * stride;
            if (count > Math.Max(available, 1) || last > Math.Max(available, 1))
            {
                return false;
            }
        }

        return shape.Contains(0) ? offset <= available : last < available;
    }

    private static long[] Numbers(object?[] values)
    {
        long[] numbers = new long[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = values[i] is long and >= 0 and var number
                ? number
                : throw new PickleException("a shape or stride that is no whole number from 0");
        }

        return numbers;
    }
}
