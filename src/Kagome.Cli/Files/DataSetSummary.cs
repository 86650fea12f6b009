using Kagome.Core.Elements;
using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Files;

/// <summary>What a data set holds, gathered one entry at a time.</summary>
internal sealed class DataSetSummary
{
    private const int MostReasons = 10;

    private readonly SortedDictionary<Element, int> elements = [];
    private readonly SortedDictionary<string, ValueRange> labels = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> splits = new(StringComparer.Ordinal);
    private readonly List<string> skippedReasons = [];

    public int Structures { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>Why entries were skipped: the first few.</summary>
    public IReadOnlyList<string> SkippedReasons => skippedReasons;

    /// <summary>Of a cell; null where there is no structure.</summary>
    public ValueRange? Atoms { get; private set; }

    /// <summary>In Å³; null where there is no structure.</summary>
    public ValueRange? VolumePerAtom { get; private set; }

    /// <summary>Structures that contain an element, by its symbol.</summary>
    public IReadOnlyDictionary<string, int> Elements =>
        elements.ToDictionary(pair => pair.Key.Symbol, pair => pair.Value);

    public IReadOnlyDictionary<string, ValueRange> Labels => labels;

    /// <summary>Structures by the split that the source states.</summary>
    public IReadOnlyDictionary<string, int> Splits => splits;

    public void Add(DataSetEntry entry)
    {
        if (entry.IsRecord)
        {
            Add(entry.Record);
            return;
        }

        Skipped++;
        if (skippedReasons.Count < MostReasons)
        {
            skippedReasons.Add(entry.Problem.Message);
        }
    }

    private void Add(CrystalRecord record)
    {
        Structures++;
        Atoms = Extend(Atoms, record.Structure.AtomCount);
        VolumePerAtom = Extend(VolumePerAtom, record.Structure.VolumePerAtom);
        foreach (Element element in record.Structure.Composition.Counts.Keys)
        {
            elements[element] = elements.GetValueOrDefault(element) + 1;
        }

        foreach ((string name, double value) in record.Labels)
        {
            labels[name] = Extend(labels.GetValueOrDefault(name), value);
        }

        if (record.Split is { } split)
        {
            splits[split] = splits.GetValueOrDefault(split) + 1;
        }
    }

    private static ValueRange Extend(ValueRange? range, double value) => range?.With(value) ?? ValueRange.Of(value);
}
