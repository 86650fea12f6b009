namespace Kagome.Campaigns;

/// <summary>Opens formulas again that came to nothing, so that the next run does them and no others.</summary>
/// <remarks>Safe to use from several threads and processes, and to be stopped at any moment: a shard is reopened by one move of its file.</remarks>
public static class CampaignRetry
{
    /// <summary>Opens what failed again.</summary>
    /// <param name="campaign">Whose formulas.</param>
    /// <returns>The shards that have something to do, and how many formulas each.</returns>
    /// <exception cref="ShardDamagedException">A shard's file is damaged; run it first.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static IReadOnlyList<ReopenedShard> Reopen(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return
        [
            .. Enumerable
                .Range(0, campaign.ShardCount)
                .Select(shard => new ReopenedShard(shard, new ShardFolder(campaign, shard).Reopen()))
                .Where(reopened => reopened.Formulas > 0),
        ];
    }
}

/// <summary>A shard with formulas that are done again.</summary>
/// <param name="Shard">Its number, from 0.</param>
/// <param name="Formulas">How many.</param>
public sealed record ReopenedShard(int Shard, int Formulas);
