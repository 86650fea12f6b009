namespace Kagome.Models.TorchArchives;

/// <summary>The values that a pickle works on, its marks and its memo.</summary>
internal sealed class PickleStack
{
    private const int LargestMemo = 1_000_000;

    private readonly List<object?> values = [];
    private readonly Stack<int> marks = [];
    private readonly Dictionary<uint, object?> memo = [];

    public object? Top => values.Count > Floor ? values[^1] : throw Empty();

    private int Floor => marks.TryPeek(out int mark) ? mark : 0;

    public void Push(object? value) => values.Add(value);

    public object? Pop()
    {
        object? value = Top;
        values.RemoveAt(values.Count - 1);
        return value;
    }

    public T Pop<T>(string expected) =>
        Pop() is T value ? value : throw new PickleException($"a value of another kind where {expected} belongs");

    public object?[] Pop(int count)
    {
        object?[] taken = new object?[count];
        for (int i = count - 1; i >= 0; i--)
        {
            taken[i] = Pop();
        }

        return taken;
    }

    public void Mark() => marks.Push(values.Count);

    /// <summary>Takes all above the last mark, and the mark.</summary>
    public object?[] PopToMark()
    {
        if (!marks.TryPop(out int mark))
        {
            throw new PickleException("a mark is missing");
        }

        object?[] taken = [.. values[mark..]];
        values.RemoveRange(mark, taken.Length);
        return taken;
    }

    public bool TryPopMark()
    {
        bool isOnMark = marks.TryPeek(out int mark) && mark == values.Count;
        if (isOnMark)
        {
            marks.Pop();
        }

        return isOnMark;
    }

    public void Remember() => Remember((uint)memo.Count);

    public void Remember(uint index)
    {
        if (index >= LargestMemo) // also keeps a file from choosing indices that collide
        {
            throw new PickleException($"memo index {index}; expected below {LargestMemo}");
        }

        memo[index] = Top;
    }

    public void Recall(uint index) =>
        Push(
            memo.TryGetValue(index, out object? value)
                ? value
                : throw new PickleException($"nothing was remembered as {index}")
        );

    private static PickleException Empty() => new("a value is missing");
}
