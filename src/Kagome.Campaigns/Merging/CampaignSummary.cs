using Kagome.Crystals.Symmetry;
using Kagome.Output;

namespace Kagome.Campaigns.Merging;

/// <summary>What a campaign came to, in figures.</summary>
/// <param name="Folder">The campaign's.</param>
/// <param name="Models">What results come from.</param>
/// <param name="Settings">What was done with each formula.</param>
/// <param name="Planned">How many formulas there are.</param>
/// <param name="Done">How many are done, failed ones included.</param>
/// <param name="Crystals">How many crystals were merged.</param>
/// <param name="FirstEnergies">Energies above the hull of the first crystal of each formula, in eV/atom, where there are any.</param>
/// <param name="FirstProbabilities">Probabilities of these, where there are any.</param>
/// <param name="FirstSystems">Crystal systems of the first crystals, by their names; those of no symmetry are left out.</param>
/// <param name="FirstSpaceGroups">Space groups of the first crystals, the most frequent first.</param>
/// <param name="FirstSources">Where the first crystals come from (<see cref="CrystalSources"/>).</param>
/// <param name="Lowest">The formulas whose first crystals have the lowest energies.</param>
/// <param name="Failed">Formulas that came to nothing, and why.</param>
/// <param name="Failures">The same by reasons, the most frequent first.</param>
public sealed record CampaignSummary(
    string Folder,
    CampaignModels Models,
    CampaignSettings Settings,
    int Planned,
    int Done,
    long Crystals,
    IReadOnlyList<double> FirstEnergies,
    IReadOnlyList<double> FirstProbabilities,
    IReadOnlyDictionary<string, int> FirstSystems,
    IReadOnlyList<KeyValuePair<string, int>> FirstSpaceGroups,
    IReadOnlyDictionary<string, int> FirstSources,
    IReadOnlyList<CampaignSummary.FirstCrystal> Lowest,
    IReadOnlyList<CampaignSummary.FailedFormula> Failed,
    IReadOnlyList<FailureGroup> Failures
)
{
    /// <summary>The first crystal of a formula.</summary>
    /// <param name="Id">Its name among all crystals.</param>
    /// <param name="EnergyAboveHull">In eV/atom.</param>
    /// <param name="Probability">Null where there is none.</param>
    /// <param name="SpaceGroup">Null where there is none.</param>
    /// <param name="Source">Where it comes from.</param>
    public sealed record FirstCrystal(
        string Id,
        double EnergyAboveHull,
        double? Probability,
        SpaceGroupDocument? SpaceGroup,
        string Source
    );

    /// <summary>A formula that came to nothing.</summary>
    /// <param name="Formula">With its atom count, where one was asked for.</param>
    /// <param name="Problem">Why.</param>
    public sealed record FailedFormula(string Formula, FormulaProblem Problem);
}

/// <summary>Adds results up to a summary, one at a time.</summary>
internal sealed class SummaryCounter(Campaign campaign)
{
    private const int MostLowest = 20;

    private readonly List<double> energies = [];
    private readonly List<double> probabilities = [];
    private readonly SortedDictionary<CrystalSystem, int> systems = [];
    private readonly Dictionary<string, int> groups = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> sources = new(StringComparer.Ordinal);
    private readonly PriorityQueue<CampaignSummary.FirstCrystal, (double, int)> lowest = new();
    private readonly List<CampaignSummary.FailedFormula> failed = [];
    private int done;
    private long crystals;

    public void Add(CampaignFormula formula, FormulaResult result, MergedCrystal? first)
    {
        done++;
        crystals += result.Crystals.Count;
        if (result.Problem is { } problem)
        {
            failed.Add(new CampaignSummary.FailedFormula($"{formula}", problem));
        }

        if (first is not null)
        {
            Add(first);
        }
    }

    public CampaignSummary ToSummary() =>
        new(
            campaign.Folder,
            campaign.Models,
            campaign.Settings,
            campaign.Formulas.Count,
            done,
            crystals,
            energies,
            probabilities,
            systems.ToDictionary(pair => $"{pair.Key}".ToLowerInvariant(), pair => pair.Value, StringComparer.Ordinal),
            [.. groups.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)],
            sources,
            Lowest(),
            failed,
            FailureGroup.Merge(failed.Select(formula => new FailureGroup(formula.Problem, 1, [formula.Formula])))
        );

    private void Add(MergedCrystal first)
    {
        if (first.Entry.SpaceGroup is { } group)
        {
            Count(systems, SpaceGroupNumber.System(group.Number));
            Count(groups, $"{group.Symbol} ({group.Number})");
        }

        Count(sources, first.Source);
        if (first.Entry.Probability is { } probability)
        {
            probabilities.Add(probability);
        }

        if (first.Entry.EnergyAboveHull is { } energy)
        {
            energies.Add(energy);
            lowest.Enqueue(
                new CampaignSummary.FirstCrystal(
                    first.Id,
                    energy,
                    first.Entry.Probability,
                    first.Entry.SpaceGroup is { } named ? new SpaceGroupDocument(named.Number, named.Symbol) : null,
                    first.Source
                ),
                (-energy, -first.Formula.Index)
            );
            if (lowest.Count > MostLowest)
            {
                lowest.Dequeue();
            }
        }
    }

    private CampaignSummary.FirstCrystal[] Lowest()
    {
        List<CampaignSummary.FirstCrystal> all = [];
        while (lowest.TryDequeue(out CampaignSummary.FirstCrystal? highest, out _))
        {
            all.Add(highest);
        }

        all.Reverse();
        return [.. all];
    }

    private static void Count<T>(IDictionary<T, int> counts, T thing)
        where T : notnull => counts[thing] = counts.TryGetValue(thing, out int count) ? count + 1 : 1;
}
