using Kagome.Core.Elements;
using Kagome.Core.Structures;

namespace Kagome.DataSets.Filters;

/// <summary>Which crystals of a data set to keep: those that meet every condition that is set.</summary>
public sealed record CrystalFilter
{
    /// <summary>The label of the energy above hull, in eV/atom.</summary>
    public const string EnergyAboveHull = "e_hull";

    /// <summary>Of the cell as it is given; null for any.</summary>
    public NumberRange? Atoms { get; init; }

    /// <summary>Labels and what they have to be.</summary>
    public IReadOnlyList<LabelRange> Labels { get; init; } = [];

    /// <summary>Whether a crystal without a number as such a label is kept.</summary>
    /// <remarks>False by default: after a filter, what it says holds of every crystal.</remarks>
    public bool KeepsUnlabelled { get; init; }

    /// <summary>Crystals hold no other elements; empty for any.</summary>
    public IReadOnlySet<Element> OnlyElements { get; init; } = new HashSet<Element>();

    /// <summary>Crystals hold none of these.</summary>
    public IReadOnlySet<Element> WithoutElements { get; init; } = new HashSet<Element>();

    /// <summary>The split that the source has to state; null for any.</summary>
    public string? Split { get; init; }

    /// <summary>The crystals that are kept, one at a time.</summary>
    /// <param name="records">Any number of crystals.</param>
    /// <param name="onLeftOut">Told of each that is left out, and why, when it is met.</param>
    public IEnumerable<CrystalRecord> Apply(IEnumerable<CrystalRecord> records, Action<CrystalRecord, string> onLeftOut)
    {
        foreach (CrystalRecord record in records)
        {
            if (Reason(record) is { } reason)
            {
                onLeftOut(record, reason);
            }
            else
            {
                yield return record;
            }
        }
    }

    /// <summary>Why a crystal is left out: the first condition that it does not meet; null where it is kept.</summary>
    public string? Reason(CrystalRecord record) =>
        SplitReason(record)
        ?? AtomsReason(record.Structure.AtomCount)
        ?? ElementsReason(record.Structure.Composition.Counts.Keys)
        ?? Labels.Select(label => LabelReason(record, label)).FirstOrDefault(reason => reason is not null);

    private string? SplitReason(CrystalRecord record) =>
        Split is null || record.Split == Split ? null
        : record.Split is { } other ? $"of the {other} split"
        : "of no split";

    private string? AtomsReason(int atoms) =>
        Atoms is not { } range || range.Contains(atoms) ? null
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

    private string? LabelReason(CrystalRecord record, LabelRange wanted)
    {
        if (!record.Labels.TryGetValue(wanted.Label, out double value) || double.IsNaN(value))
        {
            return KeepsUnlabelled ? null : $"no number as label '{wanted.Label}'";
        }

        return wanted.Range.Contains(value) ? null
            : value < wanted.Range.Smallest ? $"{wanted.Label} below {wanted.Range.Smallest}"
            : $"{wanted.Label} above {wanted.Range.Largest}";
    }
}
