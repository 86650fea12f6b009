using Kagome.Core.Structures;

namespace Kagome.Cli.Data;

/// <summary>How many crystals were left out for each reason.</summary>
internal sealed class LeftOutCounts
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Reasons => counts;

    public int Total => counts.Values.Sum();

    public void Add(CrystalRecord record, string reason) => counts[reason] = counts.GetValueOrDefault(reason) + 1;

    /// <summary>A line a reason, the most frequent first.</summary>
    public void Write(TextWriter writer)
    {
        foreach ((string reason, int count) in counts.OrderByDescending(pair => pair.Value))
        {
            writer.WriteLine($"  {count} left out: {reason}");
        }
    }
}
