namespace Kagome.Checkpoints.TorchArchives;

/// <summary>An object of a Python class that we do not know, kept as the data it was to be made from.</summary>
/// <remarks>Nothing was called to make it. It may hold itself: walk it to a bounded depth.</remarks>
public sealed class PickledObject(string className, IReadOnlyList<object?> arguments)
{
    private List<object?>? elements;

    /// <summary>Module and name of the class or function that Python would have called.</summary>
    public string ClassName { get; } = className;

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
