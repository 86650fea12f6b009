using Kagome.Core.Elements;
using Kagome.Core.Structures;
using Kagome.DataSets.Splits;

namespace Kagome.DataSets.Statistics;

/// <summary>Gathers the statistics of a data set one crystal at a time.</summary>
/// <remarks>Memory: 8 bytes a label and crystal, for exact medians, and some 30 bytes a formula.</remarks>
public sealed class DataSetTally
{
    private readonly HashSet<ulong> formulas = [];
    private readonly SortedDictionary<string, int> splits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<double>> labels = new(StringComparer.Ordinal);
    private readonly List<double> volumes = [];
    private readonly SortedDictionary<int, int> cellSizes = [];
    private readonly SortedDictionary<int, int> elementCounts = [];
    private readonly SortedDictionary<Element, int> elements = [];

    public void Add(CrystalRecord record)
    {
        Structure structure = record.Structure;
        formulas.Add(FormulaHash.Of(structure.Composition));
        volumes.Add(structure.VolumePerAtom);
        Count(cellSizes, structure.AtomCount);
        Count(elementCounts, structure.Composition.Counts.Count);
        foreach (Element element in structure.Composition.Counts.Keys)
        {
            Count(elements, element);
        }

        if (record.Split is { } split)
        {
            Count(splits, split);
        }

        foreach ((string name, double value) in record.Labels)
        {
            AddLabel(name, value);
        }
    }

    /// <summary>Of all that were added so far.</summary>
    public DataSetStatistics Statistics() =>
        new()
        {
            Crystals = volumes.Count,
            Formulas = formulas.Count,
            Splits = splits,
            Labels = labels.ToDictionary(pair => pair.Key, pair => NumberSummary.Of(pair.Value)),
            VolumePerAtom = volumes.Count > 0 ? NumberSummary.Of(volumes) : null,
            CellSizes = cellSizes,
            ElementCounts = elementCounts,
            Elements = elements,
        };

    private void AddLabel(string name, double value)
    {
        if (!double.IsFinite(value))
        {
            return; // no number, and no median would be one
        }

        if (!labels.TryGetValue(name, out List<double>? values))
        {
            labels[name] = values = [];
        }

        values.Add(value);
    }

    private static void Count<T>(SortedDictionary<T, int> counts, T key)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
