using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using static TorchSharp.torch;

namespace Kagome.Models.TorchArchives;

/// <summary>A Python dict or OrderedDict.</summary>
/// <remarks>
/// Found by text only, of which the last entry counts. Other keys are kept as they come: hashing them would let a file
/// choose collisions, and take hours.
/// </remarks>
internal sealed class PickledDictionary
{
    // made when needed: a hostile file may hold millions of empty ones
    private List<KeyValuePair<object?, object?>>? entries;
    private Dictionary<string, int>? byText;

    /// <summary>Keys and values in the order in which the pickle set them; of a text that was set twice the last value, in the place of the first.</summary>
    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => entries ?? [];

    /// <summary>The value of a text key.</summary>
    /// <returns>Whether the key is there with a value that is not None.</returns>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value)
    {
        value = byText is not null && byText.TryGetValue(key, out int index) ? entries![index].Value : null;
        return value is not null;
    }

    internal void Add(object? key, object? value)
    {
        entries ??= [];
        KeyValuePair<object?, object?> entry = new(key, value);
        if (key is string text && !(byText ??= []).TryAdd(text, entries.Count))
        {
            entries[byText[text]] = entry;
        }
        else
        {
            entries.Add(entry);
        }
    }
}

/// <summary>The name of a Python class or function. It stands for nothing: names are never looked up.</summary>
internal sealed class PickledGlobal(string name)
{
    /// <summary>Module and name, such as "torch.FloatStorage".</summary>
    public string Name { get; } = name;
}

/// <summary>An object of a Python class that we do not know, kept as the data it was to be made from.</summary>
/// <remarks>Nothing was called to make it. It may hold itself: walk it to a bounded depth.</remarks>
internal sealed class PickledObject(string className, IReadOnlyList<object?> arguments)
{
    private List<object?>? elements;

    /// <summary>Module and name of the class or function that Python would have called.</summary>
    public string ClassName { get; } = className;

    /// <summary>What Python would have called it with.</summary>
    public IReadOnlyList<object?> Arguments { get; } = arguments;

    /// <summary>What Python would have handed to <c>__setstate__</c>; mostly a <see cref="PickledDictionary"/>.</summary>
    public object? State { get; internal set; }

    /// <summary>What was added to it as to a list or set.</summary>
    public IReadOnlyList<object?> Elements => elements ?? [];

    /// <summary>What was added to it as to a dict; null if nothing.</summary>
    public PickledDictionary? Items { get; private set; }

    internal List<object?> MutableElements => elements ??= [];

    internal PickledDictionary MutableItems => Items ??= new PickledDictionary();
}

/// <summary>The numbers of one or several tensors, still in their archive.</summary>
/// <param name="key">Names its entry in the archive.</param>
/// <param name="type">Of every number.</param>
/// <param name="elementCount">As the pickle says; the archive has been checked to hold as many.</param>
internal sealed class PickledStorage(string key, ScalarType type, long elementCount)
{
    /// <summary>Names its entry in the archive, under data/.</summary>
    public string Key { get; } = key;

    /// <summary>The type of every number.</summary>
    public ScalarType Type { get; } = type;

    /// <summary>How many numbers there are.</summary>
    public long ElementCount { get; } = elementCount;
}

/// <summary>A tensor, still in its archive: <see cref="TorchArchive.Load"/> reads it.</summary>
/// <remarks>It lies inside its storage and has no more elements than that: checked when it was made.</remarks>
internal sealed class PickledTensor
{
    internal PickledTensor(PickledStorage storage, long offset, long[] shape, long[] strides)
    {
        (Storage, Offset, Shape, Strides) = (storage, offset, shape, strides);
    }

    /// <summary>The numbers, which other tensors may share.</summary>
    public PickledStorage Storage { get; }

    /// <summary>Where the first element lies, in elements.</summary>
    public long Offset { get; }

    /// <summary>Length of each axis; empty for a single number.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>In elements.</summary>
    public IReadOnlyList<long> Strides { get; }

    /// <summary>The type of every number.</summary>
    public ScalarType Type => Storage.Type;
}

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
        bool isEmpty = shape.Contains(0); // [0, 6] has no numbers, but a shape that libtorch has to hold
        long most = isEmpty ? int.MaxValue : Math.Max(available, 1);
        Int128 count = 1;
        Int128 last = offset; // of the elements, the furthest from the start
        foreach ((long length, long stride) in shape.Zip(strides))
        {
            count *= Math.Max(length, 1);
            last += (Int128)Math.Max(length - 1, 0) * stride;
            if (count > most || last > most)
            {
                return false;
            }
        }

        return isEmpty ? offset <= available : last < available;
    }

    private static long[] Numbers(object?[] values)
    {
        long[] numbers = new long[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = values[i] is long and >= 0 and var number
                ? number
                : throw new PickleException(
                    $"a shape or stride that is {Word(values[i])}; expected a whole number from 0, of 64 bits"
                );
        }

        return numbers;
    }

    private static string Word(object? value) =>
        value switch
        {
            long number => $"{number}",
            BigInteger number => $"a number of {number.GetBitLength()} bits",
            double number => $"{number:R}",
            _ => "no number",
        };
}
