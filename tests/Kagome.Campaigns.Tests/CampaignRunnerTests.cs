using System.Collections.Concurrent;

namespace Kagome.Campaigns.Tests;

public sealed class CampaignRunnerTests : IDisposable
{
    private readonly CampaignBench bench = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunShard_does_each_formula_once_and_leaves_one_file()
    {
        Campaign campaign = bench.Plan("c", 9);
        ConcurrentBag<string> asked = [];
        CampaignRunner runner = CampaignBench.Runner(
            campaign,
            (formula, stop) =>
            {
                asked.Add(formula.Formula);
                return CampaignBench.Predict(formula, stop);
            }
        );
        ShardOutcome outcome = await runner.RunShardAsync(1, cancellation: TestCancellation);
        Assert.Equal(new ShardOutcome(1, 4, 4, 0, null), outcome);
        Assert.Equal(campaign.FormulasOf(1).Select(formula => formula.Formula).Order(), asked.Order());
        Assert.Equal(["00001.json", "00001.jsonl.gz"], CampaignBench.Results(campaign).Keys.Order());
        Assert.Empty(Directory.EnumerateFileSystemEntries(bench["c/work"]));

        ShardOutcome again = await runner.RunShardAsync(1, cancellation: TestCancellation);
        Assert.Equal(new ShardOutcome(1, 4, 0, 0, null), again);
        Assert.Equal(4, asked.Count);
    }

    [Fact]
    public async Task RunShard_that_is_not_there_is_refused()
    {
        CampaignRunner runner = CampaignBench.Runner(bench.Plan("c", 9));
        InputException refused = await Assert.ThrowsAsync<InputException>(() =>
            runner.RunShardAsync(3, cancellation: TestCancellation)
        );
        Assert.Contains("expected 0 to 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAll_cut_after_any_number_of_formulas_gives_the_same_bytes()
    {
        Campaign whole = bench.Plan("whole", 18);
        await CampaignBench.Runner(whole).RunAllAsync(cancellation: TestCancellation);
        for (int cut = 0; cut < 18; cut++)
        {
            Campaign campaign = bench.Plan($"cut-{cut}", 18);
            using CancellationTokenSource stop = new();
            int done = 0;
            CampaignRunner cutting = CampaignBench.Runner(
                campaign,
                (formula, token) =>
                {
                    if (Interlocked.Increment(ref done) > cut)
                    {
                        stop.Cancel();
                    }

                    return CampaignBench.Predict(formula, token);
                }
            );
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                cutting.RunAllAsync(cancellation: stop.Token)
            );
            int asked = 0;
            await CampaignBench
                .Runner(
                    campaign,
                    (formula, token) =>
                    {
                        Interlocked.Increment(ref asked);
                        return CampaignBench.Predict(formula, token);
                    }
                )
                .RunAllAsync(cancellation: TestCancellation);
            Assert.Equal(CampaignBench.Results(whole), CampaignBench.Results(campaign));
            Assert.InRange(asked, 0, 18 - Math.Max(0, cut - 1));
        }
    }

    [Fact]
    public async Task RunAll_by_four_at_once_gives_the_same_bytes()
    {
        Campaign alone = bench.Plan("alone", 24);
        await CampaignBench.Runner(alone).RunAllAsync(cancellation: TestCancellation);
        for (int round = 0; round < 10; round++)
        {
            Campaign shared = bench.Plan($"shared-{round}", 24);
            await Task.WhenAll(
                Enumerable
                    .Range(0, 4)
                    .Select(_ =>
                        Task.Run(
                            () => CampaignBench.Runner(shared).RunAllAsync(cancellation: TestCancellation),
                            TestCancellation
                        )
                    )
            );
            Assert.Equal(CampaignBench.Results(alone), CampaignBench.Results(shared));
        }
    }

    /// <summary>Whatever is done to the file of a shard, after the next run it holds what it held.</summary>
    [Fact]
    public async Task RunShard_whose_file_is_damaged_anywhere_makes_it_anew()
    {
        Campaign campaign = bench.Plan("c", 4);
        CampaignRunner runner = CampaignBench.Runner(campaign);
        await runner.RunAllAsync(cancellation: TestCancellation);
        string path = bench["c/shards/00000.jsonl.gz"];
        string[] sound = Lines();
        byte[] bytes = await File.ReadAllBytesAsync(path, TestCancellation);
        Random random = new(1);
        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. bytes];
            int place = random.Next(bytes.Length);
            if (round % 3 == 0)
            {
                damaged = damaged[..place];
            }
            else if (round % 3 == 1)
            {
                damaged[place] ^= (byte)(1 << random.Next(8));
            }
            else
            {
                damaged = [.. damaged, .. bytes]; // two gzip members: every formula twice
            }

            await File.WriteAllBytesAsync(path, damaged, TestCancellation);
            await runner.RunAllAsync(cancellation: TestCancellation);
            Assert.Equal(sound, Lines());
        }

        string[] Lines() => [.. LineReader.Read(path).Select(line => System.Text.Encoding.UTF8.GetString(line))];
    }

    [Fact]
    public async Task RunShard_with_the_file_of_another_shard_or_campaign_makes_it_anew()
    {
        Campaign campaign = bench.Plan("c", 8);
        Campaign other = bench.Plan("d", 8, crystals: 2);
        await CampaignBench.Runner(campaign).RunAllAsync(cancellation: TestCancellation);
        await CampaignBench.Runner(other).RunAllAsync(cancellation: TestCancellation);
        Dictionary<string, string> sound = CampaignBench.Results(campaign);
        foreach (string foreign in new[] { "c/shards/00001.jsonl.gz", "d/shards/00000.jsonl.gz" })
        {
            File.Copy(bench[foreign], bench["c/shards/00000.jsonl.gz"], overwrite: true);
            ShardOutcome outcome = await CampaignBench
                .Runner(campaign)
                .RunShardAsync(0, cancellation: TestCancellation);
            Assert.Equal(4, outcome.DoneNow);
            Assert.Contains("is damaged", outcome.Damage, StringComparison.Ordinal);
            Assert.Equal(sound, CampaignBench.Results(campaign));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"foreign\":1}\n")]
    [InlineData("{\"sum\":\"0000000000000000\",\"index\":1}\n")]
    public async Task RunShard_with_a_damaged_file_of_a_formula_does_it_again(string content)
    {
        Campaign campaign = bench.Plan("c", 4);
        Directory.CreateDirectory(bench["c/work/00000"]);
        await File.WriteAllTextAsync(bench["c/work/00000/0000001.json"], content, TestCancellation);
        ShardOutcome outcome = await CampaignBench.Runner(campaign).RunShardAsync(0, cancellation: TestCancellation);
        Assert.Equal(4, outcome.DoneNow);
        Campaign whole = bench.Plan("whole", 4);
        await CampaignBench.Runner(whole).RunAllAsync(cancellation: TestCancellation);
        Assert.Equal(CampaignBench.Results(whole), CampaignBench.Results(campaign));
    }

    [Fact]
    public async Task RunShard_on_a_disk_that_is_full_keeps_what_is_done_and_goes_on_later()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Links to /dev/full are Linux's.");
        Campaign campaign = bench.Plan("c", 4);
        int asked = 0;
        CampaignRunner full = CampaignBench.Runner(
            campaign,
            (formula, stop) =>
                Interlocked.Increment(ref asked) > 2
                    ? throw new IOException("No space left on device")
                    : CampaignBench.Predict(formula, stop)
        );
        await Assert.ThrowsAsync<IOException>(() => full.RunShardAsync(0, cancellation: TestCancellation));
        Assert.InRange(Directory.GetFiles(bench["c/work/00000"]).Length, 1, 2);

        // a file where the folder of finished shards should be: the shard cannot be finished
        await File.WriteAllTextAsync(bench["c/shards"], "", TestCancellation);
        await Assert.ThrowsAnyAsync<IOException>(() =>
            CampaignBench.Runner(campaign).RunShardAsync(0, cancellation: TestCancellation)
        );
        File.Delete(bench["c/shards"]);
        ShardOutcome outcome = await CampaignBench.Runner(campaign).RunShardAsync(0, cancellation: TestCancellation);
        Assert.Equal(0, outcome.DoneNow);
    }

    [Fact]
    public async Task RunShard_of_a_predictor_gives_what_a_single_formula_gives()
    {
        Campaign campaign = bench.Plan("c", ["NaCl", "MgO 4"], crystals: 20);
        CampaignRunner runner = new(campaign, bench.Predictor, bench.Models);
        await runner.RunAllAsync(cancellation: TestCancellation);
        FormulaResult[] results =
        [
            .. ShardFile
                .Read(campaign, 0, bench["c/shards/00000.jsonl.gz"])
                .Select(result => SealedLine.Read<FormulaResult>(result.Line)!),
        ];
        foreach (CampaignFormula formula in campaign.Formulas)
        {
            Prediction prediction = await bench.Predictor.PredictAsync(
                formula.Formula,
                campaign.Settings.Prediction with
                {
                    AtomCount = formula.Atoms,
                },
                cancellation: TestCancellation
            );
            FormulaResult expected = FormulaResult.Of(formula, prediction, 20);
            Assert.Equal(Kagome.Formats.JsonText.Line(expected), Kagome.Formats.JsonText.Line(results[formula.Index]));
        }
    }

    [Fact]
    public async Task RunShard_of_a_formula_that_cannot_be_predicted_finishes_with_its_reason()
    {
        Campaign campaign = bench.Plan("c", 50, shardSize: 50);
        ShardOutcome outcome = await CampaignBench.Runner(campaign).RunShardAsync(0, cancellation: TestCancellation);
        Assert.Equal(6, outcome.Failed);
        CampaignStatus status = CampaignStatus.Read(campaign);
        FailureGroup group = Assert.Single(status.Failures);
        Assert.Equal(("scandium is short", 6), (group.Problem.Message, group.Count));
        Assert.Equal(["ScO", "ScF", "ScS", "ScCl", "ScN"], group.Formulas);
    }

    [Fact]
    public async Task Reopen_does_what_failed_again_and_nothing_else()
    {
        Campaign campaign = bench.Plan("c", 50, shardSize: 10);
        await CampaignBench.Runner(campaign).RunAllAsync(cancellation: TestCancellation);
        IReadOnlyList<ReopenedShard> reopened = CampaignRetry.Reopen(campaign);
        Assert.Equal([new(3, 4), new(4, 2)], reopened.Select(shard => (shard.Shard, shard.Formulas)));
        CampaignStatus status = CampaignStatus.Read(campaign);
        Assert.Equal((44, 0, 6), (status.Done, status.Failed, status.ToDo));

        ConcurrentBag<string> asked = [];
        CampaignRunner healed = CampaignBench.Runner(
            campaign,
            (formula, _) =>
            {
                asked.Add(formula.Formula);
                return Task.FromResult(SyntheticResults.Of(formula, 1 + (formula.Index % 3)));
            }
        );
        await healed.RunAllAsync(cancellation: TestCancellation);
        Assert.Equal(6, asked.Count);
        Assert.All(asked, formula => Assert.StartsWith("Sc", formula, StringComparison.Ordinal));
        Campaign never = bench.Plan("never", 50, shardSize: 10);
        await CampaignBench
            .Runner(never, (formula, _) => Task.FromResult(SyntheticResults.Of(formula, 1 + (formula.Index % 3))))
            .RunAllAsync(cancellation: TestCancellation);
        Assert.Equal(CampaignBench.Results(never), CampaignBench.Results(campaign));
        Assert.Empty(CampaignRetry.Reopen(campaign));
    }

    [Fact]
    public async Task Reopen_of_an_unfinished_shard_forgets_its_failures()
    {
        Campaign campaign = bench.Plan("c", 50, shardSize: 50);
        using CancellationTokenSource stop = new();
        CampaignRunner cutting = CampaignBench.Runner(
            campaign,
            (formula, token) =>
            {
                if (formula.Index == 45)
                {
                    stop.Cancel();
                }

                return CampaignBench.Predict(formula, token);
            }
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cutting.RunAllAsync(cancellation: stop.Token));
        CampaignStatus before = CampaignStatus.Read(campaign);
        Assert.Equal(6, before.Failed);
        Assert.Equal(ShardState.Begun, Assert.Single(before.Shards).State);
        Assert.Equal(6, Assert.Single(CampaignRetry.Reopen(campaign)).Formulas);
        CampaignStatus after = CampaignStatus.Read(campaign);
        Assert.Equal((before.Done - 6, 0), (after.Done, after.Failed));
    }

    public void Dispose() => bench.Dispose();
}
