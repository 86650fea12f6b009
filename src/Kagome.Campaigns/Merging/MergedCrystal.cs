using System.Collections.Immutable;
using System.Globalization;
using Kagome.Crystals.Structures;
using Kagome.Output;

namespace Kagome.Campaigns.Merging;

/// <summary>A crystal among all of a campaign.</summary>
/// <param name="Formula">What was predicted.</param>
/// <param name="Name">What its crystals are called.</param>
/// <param name="Crystal">What was found.</param>
internal sealed record MergedCrystal(CampaignFormula Formula, string Name, FormulaResult.Crystal Crystal)
{
    /// <summary>What a crystal's numbers are called in files that hold nothing but numbers.</summary>
    public static readonly string[] Labels =
    [
        "crystal",
        "energy_above_hull",
        "formula_units",
        "found",
        "generated",
        "known_type",
        "probability",
        "rank",
        "space_group",
    ];

    public PredictionDocument.Entry Entry => Crystal.Entry;

    /// <summary>Of all crystals of a campaign only this one has it: NaCl_001, by its place among the distinct crystals of the formula.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Name}_{Entry.Crystal:D3}");

    /// <summary>Where the crystal comes from.</summary>
    public string Source =>
        Entry.Template switch
        {
            null => CrystalSources.Generated,
            { Replaced.Count: 0 } => CrystalSources.Known,
            _ => CrystalSources.KnownType,
        };

    /// <summary>As data sets hold it.</summary>
    public CrystalRecord Record
    {
        get
        {
            ImmutableSortedDictionary<string, double>.Builder labels = ImmutableSortedDictionary.CreateBuilder<
                string,
                double
            >(StringComparer.Ordinal);
            labels["crystal"] = Entry.Crystal;
            labels["rank"] = Entry.Rank;
            labels["formula_units"] = Entry.FormulaUnits;
            labels["found"] = Entry.Found;
            labels["generated"] = Entry.Generated;
            labels["known_type"] = Entry.Template is null ? 0 : 1;
            if (Entry.EnergyAboveHull is { } energy)
            {
                labels["energy_above_hull"] = energy;
            }

            if (Entry.Probability is { } probability)
            {
                labels["probability"] = probability;
            }

            if (Entry.SpaceGroup is { } group)
            {
                labels["space_group"] = group.Number;
            }

            return new CrystalRecord(Id, Crystal.Structure) { Labels = labels.ToImmutable() };
        }
    }
}

/// <summary>Words for where crystals come from.</summary>
internal static class CrystalSources
{
    /// <summary>The crystal is in the library of known ones.</summary>
    public const string Known = "known";

    /// <summary>It is like a known one, with other elements.</summary>
    public const string KnownType = "known type";

    /// <summary>The generator made it, and no known type did.</summary>
    public const string Generated = "generated";
}
