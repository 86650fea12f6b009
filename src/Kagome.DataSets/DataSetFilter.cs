using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets;

/// <summary>The conditions that crystals of a data set have to meet: all that are set.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record DataSetFilter
{
    /// <summary>How many atoms the cell, as it is given, may have. Default: null, for any number.</summary>
    public NumberRange? AtomCount { get; init; }

    /// <summary>Labels and what they have to be. Default: none.</summary>
    public IReadOnlyList<LabelRange> Labels { get; init; } = [];

    /// <summary>Whether a crystal is kept that has no number as such a label.</summary>
    /// <remarks>Default: false. After a filter, what it says holds of every crystal.</remarks>
    public bool KeepsUnlabelled { get; init; }

    /// <summary>Elements besides which a crystal holds no others. Default: empty, for any.</summary>
    public IReadOnlySet<Element> OnlyElements { get; init; } = new HashSet<Element>();

    /// <summary>Elements that no crystal holds. Default: empty.</summary>
    public IReadOnlySet<Element> WithoutElements { get; init; } = new HashSet<Element>();

    /// <summary>Reduced formulas of which no crystal is kept, such as those of a data set that is measured on. Default: empty.</summary>
    public IReadOnlySet<Composition> WithoutFormulas { get; init; } = new HashSet<Composition>();

    /// <summary>The split that the source has to state. Default: null, for any.</summary>
    public string? Split { get; init; }

    /// <summary>Why a crystal is left out: the first condition that it does not meet; null where it is kept.</summary>
    /// <remarks>A <see cref="CrystalReader"/> takes it as its <see cref="CrystalReader.Reject"/>.</remarks>
    public string? Reason(CrystalRecord crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        return SplitReason(crystal)
            ?? AtomsReason(crystal.Structure.AtomCount)
            ?? ElementsReason(crystal.Structure.Composition.Counts.Keys)
            ?? FormulaReason(crystal.Structure.Composition)
            ?? Labels.Select(label => LabelReason(crystal, label)).FirstOrDefault(reason => reason is not null);
    }

    /// <summary>The crystals that are kept, one at a time.</summary>
    /// <param name="crystals">Any number of crystals.</param>
    /// <param name="onLeftOut">Hears of each that is left out, and why, when it is met.</param>
    public IEnumerable<CrystalRecord> Apply(
        IEnumerable<CrystalRecord> crystals,
        Action<CrystalRecord, string>? onLeftOut = null
    )
    {
        foreach (CrystalRecord crystal in crystals)
        {
            if (Reason(crystal) is { } reason)
            {
                onLeftOut?.Invoke(crystal, reason);
            }
            else
            {
                yield return crystal;
            }
        }
    }

    /// <summary>Writes the crystals that are kept to a file, which appears when it is complete.</summary>
    /// <param name="source">What to look through, one crystal at a time.</param>
    /// <param name="path">The data set to write, in place of one of that name.</param>
    /// <param name="progress">Hears how many crystals were read.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="InputException">Nothing is kept, a label occurs nowhere, or the file cannot be the target; nothing was written.</exception>
    /// <exception cref="StructureFormatException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; nothing was written.</exception>
    public FilterCounts Write(
        CrystalReader source,
        string path,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        TargetCheck.OfDataSet(path, source.Paths);
        SortedDictionary<string, int> leftOut = new(StringComparer.Ordinal);
        SortedSet<string> known = new(StringComparer.Ordinal);
        using DataSetWriter writer = new(path);
        foreach (CrystalRecord crystal in source.ReadSome(progress, "filter", cancellation))
        {
            known.UnionWith(crystal.Labels.Keys);
            if (Reason(crystal) is { } reason)
            {
                leftOut[reason] = leftOut.GetValueOrDefault(reason) + 1;
            }
            else
            {
                writer.Add(crystal);
            }
        }

        RefuseUnknownLabels(known);
        if (writer.Count == 0)
        {
            string reasons = string.Join("; ", leftOut.Select(pair => $"{pair.Value} {pair.Key}"));
            throw new InputException($"No crystal is left ({reasons}); nothing was written.");
        }

        writer.Complete();
        return new FilterCounts(source.Count, writer.Count, source.UnreadableCount, leftOut);
    }

    /// <summary>A label that no crystal has is a typing error, also where crystals without it are kept.</summary>
    private void RefuseUnknownLabels(SortedSet<string> known)
    {
        if (Labels.FirstOrDefault(label => !known.Contains(label.Label)) is { } unknown)
        {
            string names = known.Count > 0 ? $"they have {string.Join(", ", known)}" : "they have no labels";
            throw new InputException(
                $"No crystal has a number as label '{unknown.Label}' ({names}); nothing was written.",
                unknown.Label
            );
        }
    }

    private string? SplitReason(CrystalRecord crystal) =>
        Split is null || crystal.Split == Split ? null
        : crystal.Split is { } other ? $"of the {other} split"
        : "of no split";

    private string? AtomsReason(int atoms) =>
        AtomCount is not { } range || range.Contains(atoms) ? null
        : atoms < range.Smallest ? $"fewer than {range.Smallest} atoms"
        : $"more than {range.Largest} atoms";

    private string? ElementsReason(IEnumerable<Element> elements)
    {
        foreach (Element element in elements)
        {
            if (OnlyElements.Count > 0 && !OnlyElements.Contains(element))
            {
                return "other elements than the wanted ones";
            }

            if (WithoutElements.Contains(element))
            {
                return $"holds {element}";
            }
        }

        return null;
    }

    private string? FormulaReason(Composition composition) =>
        WithoutFormulas.Count > 0 && WithoutFormulas.Contains(composition.Reduced)
            ? "of a formula that is left out"
            : null;

    private string? LabelReason(CrystalRecord crystal, LabelRange wanted)
    {
        if (!crystal.Labels.TryGetValue(wanted.Label, out double value) || double.IsNaN(value))
        {
            return KeepsUnlabelled ? null : $"no number as label '{wanted.Label}'";
        }

        return wanted.Range.Contains(value) ? null
            : value < wanted.Range.Smallest ? $"{wanted.Label} below {wanted.Range.Smallest}"
            : $"{wanted.Label} above {wanted.Range.Largest}";
    }
}

/// <summary>What a label has to be.</summary>
/// <param name="Label">The label's name, such as e_hull.</param>
/// <param name="Range">The values that are allowed, in the label's unit.</param>
public sealed record LabelRange(string Label, NumberRange Range);

/// <summary>What a filter did.</summary>
/// <param name="Crystals">How many crystals were read.</param>
/// <param name="Kept">How many of them were kept.</param>
/// <param name="Unreadable">How many entries hold no crystal.</param>
/// <param name="LeftOut">How many crystals were left out, by the first condition that they do not meet.</param>
public sealed record FilterCounts(int Crystals, int Kept, int Unreadable, IReadOnlyDictionary<string, int> LeftOut);
