using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets;

/// <summary>What a data set holds.</summary>
public sealed record DataSetStatistics
{
    /// <summary>How many crystals there are.</summary>
    public required int Crystals { get; init; }

    /// <summary>How many entries hold no crystal.</summary>
    public int Unreadable { get; init; }

    /// <summary>How many different reduced formulas there are.</summary>
    public required int Formulas { get; init; }

    /// <summary>The volume per atom in Å³; null where there is no crystal.</summary>
    public required NumberSummary? VolumePerAtom { get; init; }

    /// <summary>How many crystals have so many atoms in the cell.</summary>
    public required IReadOnlyDictionary<int, int> CellSizes { get; init; }

    /// <summary>How many crystals hold so many different elements.</summary>
    public required IReadOnlyDictionary<int, int> ElementCounts { get; init; }

    /// <summary>How many crystals hold an element; elements that none holds are absent.</summary>
    public required IReadOnlyDictionary<Element, int> Elements { get; init; }

    /// <summary>How many crystals are of a split, as the source states it.</summary>
    public required IReadOnlyDictionary<string, int> Splits { get; init; }

    /// <summary>The finite numbers of each label, in its unit.</summary>
    public required IReadOnlyDictionary<string, NumberSummary> Labels { get; init; }

    /// <summary>The atoms in the cell; null where there is no crystal.</summary>
    public NumberSummary? AtomCount =>
        Crystals > 0
            ? NumberSummary.Of([.. CellSizes.SelectMany(size => Enumerable.Repeat((double)size.Key, size.Value))])
            : null;

    /// <summary>The statistics of crystals that are met one at a time.</summary>
    /// <remarks>Memory: 8 bytes a label and crystal, for exact medians, and some 30 bytes a formula.</remarks>
    public static DataSetStatistics Of(IEnumerable<CrystalRecord> crystals)
    {
        Tally tally = new();
        foreach (CrystalRecord crystal in crystals)
        {
            tally.Add(crystal);
        }

        return tally.Statistics();
    }

    /// <summary>The statistics of data sets, which count as one.</summary>
    /// <param name="source">What to read.</param>
    /// <param name="progress">Hears how many crystals were read.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="InputException">There is no crystal.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static DataSetStatistics Of(
        CrystalReader source,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    ) => Of(source.ReadSome(progress, "stats", cancellation)) with { Unreadable = source.UnreadableCount };

    private sealed class Tally
    {
        private readonly HashSet<ulong> formulas = [];
        private readonly SortedDictionary<string, int> splits = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, List<double>> labels = new(StringComparer.Ordinal);
        private readonly List<double> volumes = [];
        private readonly SortedDictionary<int, int> cellSizes = [];
        private readonly SortedDictionary<int, int> elementCounts = [];
        private readonly SortedDictionary<Element, int> elements = [];

        public void Add(CrystalRecord crystal)
        {
            Structure structure = crystal.Structure;
            formulas.Add(FormulaHash.Of(structure.Composition));
            volumes.Add(structure.VolumePerAtom);
            Count(cellSizes, structure.AtomCount);
            Count(elementCounts, structure.Composition.Counts.Count);
            foreach (Element element in structure.Composition.Counts.Keys)
            {
                Count(elements, element);
            }

            if (crystal.Split is { } split)
            {
                Count(splits, split);
            }

            foreach ((string name, double value) in crystal.Labels.Where(label => double.IsFinite(label.Value)))
            {
                if (!labels.TryGetValue(name, out List<double>? values))
                {
                    labels[name] = values = [];
                }

                values.Add(value);
            }
        }

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

        private static void Count<T>(SortedDictionary<T, int> counts, T key)
            where T : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}

/// <summary>How many numbers there are, and where they lie.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Smallest">The smallest number.</param>
/// <param name="Median">The middle one; of an even count the mean of the two in the middle.</param>
/// <param name="Largest">The largest number.</param>
public sealed record NumberSummary(int Count, double Smallest, double Median, double Largest)
{
    /// <param name="values">At least one; they are sorted.</param>
    internal static NumberSummary Of(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        double median = values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        return new NumberSummary(values.Count, values[0], median, values[^1]);
    }
}
