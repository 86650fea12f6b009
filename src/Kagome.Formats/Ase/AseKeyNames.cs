namespace Kagome.Formats.Ase;

/// <summary>Keys for the labels of one data set after another crystal: most have the same labels, so that each label is looked at once.</summary>
internal sealed class AseKeyNames
{
    /// <summary>More different labels than this are looked at each time.</summary>
    private const int MostRemembered = 1000;

    private readonly Dictionary<string, string> remembered = new(StringComparer.Ordinal);

    /// <summary>A key for each label: its own name where that is one, else one that is like it; no two are the same.</summary>
    public IEnumerable<(string Key, string Label)> Of(IEnumerable<string> labels)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (string label in labels)
        {
            string key = Like(label);
            string free = key;
            for (int number = 2; !taken.Add(free); number++)
            {
                free = $"{key}_{number}";
            }

            yield return (free, label);
        }
    }

    private string Like(string label)
    {
        if (!remembered.TryGetValue(label, out string? key))
        {
            key = AseKeys.Like(label);
            if (remembered.Count < MostRemembered)
            {
                remembered.Add(label, key);
            }
        }

        return key;
    }
}
