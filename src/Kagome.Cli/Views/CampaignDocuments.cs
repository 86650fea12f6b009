using Kagome.Campaigns;
using Kagome.Campaigns.Merging;

namespace Kagome.Cli.Views;

/// <summary>A campaign that was planned.</summary>
/// <param name="Folder">The campaign's.</param>
/// <param name="Formulas">How many there are.</param>
/// <param name="Shards">How many tasks can work on it, numbered from 0.</param>
/// <param name="Repetitions">Lines that said what another line had said.</param>
/// <param name="LinesLeftOut">Lines of the list that could not be predicted; left-out.txt has them.</param>
/// <param name="Fingerprint">Tells this plan from all others, and one that was changed afterwards.</param>
/// <param name="Settings">What is done with each formula.</param>
/// <param name="Models">What with.</param>
internal sealed record CampaignPlanDocument(
    string Folder,
    int Formulas,
    int Shards,
    int Repetitions,
    int LinesLeftOut,
    string Fingerprint,
    CampaignSettings Settings,
    CampaignModels Models
)
{
    public static CampaignPlanDocument Of(Campaign campaign) =>
        new(
            campaign.Folder,
            campaign.Formulas.Count,
            campaign.ShardCount,
            campaign.Repetitions,
            campaign.LinesLeftOut,
            campaign.Fingerprint,
            campaign.Settings,
            campaign.Models
        );
}

/// <summary>The results of a campaign in figures.</summary>
/// <param name="File">The file that all results are in.</param>
/// <param name="Report">The folder of the page with plots.</param>
/// <param name="Formulas">How many were planned.</param>
/// <param name="Done">How many are done, failed ones included.</param>
/// <param name="Failed">How many came to nothing.</param>
/// <param name="Crystals">How many crystals were merged.</param>
/// <param name="FirstSources">How many first crystals come from each source.</param>
/// <param name="FirstSystems">How many first crystals are of each crystal system.</param>
/// <param name="Lowest">The formulas whose first crystals have the lowest energies, lowest first; at most 20.</param>
/// <param name="Failures">Why formulas came to nothing, the most frequent reason first.</param>
internal sealed record CampaignMergeDocument(
    string File,
    string Report,
    int Formulas,
    int Done,
    int Failed,
    long Crystals,
    IReadOnlyDictionary<string, int> FirstSources,
    IReadOnlyDictionary<string, int> FirstSystems,
    IReadOnlyList<CampaignSummary.FirstCrystal> Lowest,
    IReadOnlyList<FailureGroup> Failures
)
{
    public static CampaignMergeDocument Of(CampaignSummary summary, string path, string report) =>
        new(
            path,
            report,
            summary.Planned,
            summary.Done,
            summary.Failed.Count,
            summary.Crystals,
            summary.FirstSources,
            summary.FirstSystems,
            summary.Lowest,
            summary.Failures
        );
}
