using System.Diagnostics.CodeAnalysis;

namespace Kagome.Checkpoints.TorchArchives;

/// <summary>A Python dict or OrderedDict.</summary>
/// <remarks>
/// Found by text only, of which the last entry counts. Other keys are kept as they come: hashing them would let a file
/// choose collisions, and take hours.
/// </remarks>
public sealed class PickledDictionary
{
    // made when needed: a hostile file may hold millions of empty ones
    private List<KeyValuePair<object?, object?>>? entries;
    private Dictionary<string, int>? byText;

    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => entries ?? [];

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
