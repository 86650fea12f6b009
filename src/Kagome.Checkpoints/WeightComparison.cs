namespace Kagome.Checkpoints;

/// <summary>Compares the weights at hand with those that a configuration implies.</summary>
internal static class WeightComparison
{
    private const int NamesShown = 5;

    /// <param name="implied">The weights that there have to be.</param>
    /// <param name="shapes">The weights at hand.</param>
    /// <returns>What is missing, superfluous or of another shape; null if nothing is.</returns>
    public static string? Describe(
        IEnumerable<(string Name, long[] Shape)> implied,
        IReadOnlyDictionary<string, long[]> shapes
    )
    {
        HashSet<string> unexpected = [.. shapes.Keys];
        List<string> missing = [];
        List<string> others = [];
        foreach ((string name, long[] expected) in implied)
        {
            if (!shapes.TryGetValue(name, out long[]? shape))
            {
                missing.Add(name);
            }
            else if (!shape.AsSpan().SequenceEqual(expected))
            {
                others.Add($"{name} is {Text(shape)}, expected {Text(expected)}");
            }

            unexpected.Remove(name);
            if (missing.Count > shapes.Count)
            {
                break; // no file to be believed: its configuration implies more than twice the weights it has
            }
        }

        string[] problems =
        [
            .. Some("missing", missing),
            .. Some("of another shape", others),
            .. Some("unexpected", [.. unexpected.Order(StringComparer.Ordinal)]),
        ];
        return problems.Length == 0 ? null : string.Join("; ", problems);
    }

    public static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static string[] Some(string what, List<string> names) =>
        names.Count == 0
            ? []
            :
            [
                $"{what}: {string.Join(", ", names.Take(NamesShown))}"
                    + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : ""),
            ];
}
