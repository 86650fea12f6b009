namespace Kagome.Campaigns.Tests;

public sealed class CampaignStatusTests : IDisposable
{
    private readonly CampaignBench bench = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_counts_what_is_done_running_and_to_do()
    {
        Campaign campaign = bench.Plan("c", 12);
        CampaignStatus none = CampaignStatus.Read(campaign);
        Assert.Equal((0, 12, false), (none.Done, none.ToDo, none.IsComplete));
        Assert.All(none.Shards, shard => Assert.Equal(ShardState.ToDo, shard.State));

        await CampaignBench.Runner(campaign).RunShardAsync(0, cancellation: TestCancellation);
        TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<ShardOutcome> second = CampaignBench
            .Runner(
                campaign,
                async (formula, token) =>
                {
                    if (formula.Index == 7)
                    {
                        working.SetResult();
                        await seen.Task.WaitAsync(token);
                    }

                    return await CampaignBench.Predict(formula, token);
                }
            )
            .RunShardAsync(1, cancellation: TestCancellation);
        await working.Task;
        CampaignStatus status = CampaignStatus.Read(campaign);
        Assert.Equal(
            [ShardState.Finished, ShardState.Running, ShardState.ToDo],
            status.Shards.Select(shard => shard.State)
        );
        Assert.Equal(Environment.MachineName, status.Shards[1].Machine);
        Assert.InRange(status.Done, 6, 7);
        seen.SetResult();
        await second;
        await CampaignBench.Runner(campaign).RunAllAsync(cancellation: TestCancellation);
        Assert.True(CampaignStatus.Read(campaign).IsComplete);
    }

    [Fact]
    public async Task Read_without_summaries_makes_them_again()
    {
        Campaign campaign = bench.Plan("c", 50, shardSize: 10);
        await CampaignBench.Runner(campaign).RunAllAsync(cancellation: TestCancellation);
        Dictionary<string, string> before = CampaignBench.Results(campaign);
        File.Delete(bench["c/shards/00001.json"]);
        await File.WriteAllTextAsync(bench["c/shards/00003.json"], "{}", TestCancellation);
        CampaignStatus status = CampaignStatus.Read(campaign);
        Assert.Equal((50, 6, true), (status.Done, status.Failed, status.IsComplete));
        Assert.Equal(before, CampaignBench.Results(campaign));
    }

    [Fact]
    public async Task Read_says_which_shard_is_cut_off()
    {
        Campaign campaign = bench.Plan("c", 8);
        await CampaignBench.Runner(campaign).RunAllAsync(cancellation: TestCancellation);
        string path = bench["c/shards/00001.jsonl.gz"];
        byte[] bytes = await File.ReadAllBytesAsync(path, TestCancellation);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)], TestCancellation);
        CampaignStatus status = CampaignStatus.Read(campaign);
        Assert.Equal(ShardState.Damaged, status.Shards[1].State);
        Assert.Contains("00001.jsonl.gz is damaged", status.Shards[1].Damage, StringComparison.Ordinal);
        Assert.Equal(4, status.Done);
    }

    public void Dispose() => bench.Dispose();
}
