namespace Kagome.Campaigns;

/// <summary>Works on shards of a campaign: what is done is not done again, and what is finished is verified.</summary>
/// <remarks>
/// <para>
/// Needs nobody: any number of processes may work on the same campaign or the same shard, and be killed at any moment. Results of a formula are kept one by one, so that
/// a stop costs the formulas that are under way.
/// </para>
/// <para>Safe to use from several threads.</para>
/// </remarks>
public sealed class CampaignRunner
{
    /// <summary>How often a shard is looked at again that others change meanwhile.</summary>
    private const int MostRounds = 20;

    private readonly Campaign campaign;
    private readonly Func<CampaignFormula, CancellationToken, Task<FormulaResult>> predict;
    private readonly TimeProvider time;

    /// <param name="campaign">Planned before.</param>
    /// <param name="predictor">Of the models that it was planned with.</param>
    /// <param name="models">What it was loaded by.</param>
    /// <param name="time">For signs of life; null for the system's.</param>
    /// <exception cref="InputException">Other models are loaded.</exception>
    public CampaignRunner(Campaign campaign, CrystalPredictor predictor, ModelOptions models, TimeProvider? time = null)
        : this(
            campaign,
            new FormulaPredictor(predictor, campaign.Settings).PredictAsync,
            time ?? TimeProvider.System
        ) => campaign.Require(predictor, models);

    /// <param name="campaign">Planned before.</param>
    /// <param name="predict">Gives the same result whenever and wherever it is asked.</param>
    /// <param name="time">For signs of life.</param>
    internal CampaignRunner(
        Campaign campaign,
        Func<CampaignFormula, CancellationToken, Task<FormulaResult>> predict,
        TimeProvider time
    ) => (this.campaign, this.predict, this.time) = (campaign, predict, time);

    /// <summary>Formulas that are worked on at once. At least 1; default: one for each core.</summary>
    public int FormulasAtOnce { get; init; } = Environment.ProcessorCount;

    /// <summary>Does what is left to do of a shard.</summary>
    /// <param name="shard">From 0.</param>
    /// <param name="progress">Hears how many formulas are done of those that were open.</param>
    /// <param name="cancellation">Stops between the sampler's moves; what is done stays.</param>
    /// <exception cref="InputException">There is no such shard.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or the disk is full; what is done stays.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<ShardOutcome> RunShardAsync(
        int shard,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        OptionException.RequirePositive(nameof(FormulasAtOnce), FormulasAtOnce);
        ShardFolder folder = new(campaign, shard);
        string? damage = null;
        int done = 0;
        for (int round = 1; round <= MostRounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Finished(folder, ref damage) is { } finished)
            {
                folder.Clear();
                return new ShardOutcome(shard, finished.Formulas, done, finished.Failed, damage);
            }

            done += await WorkAsync(folder, progress, cancellation).ConfigureAwait(false);
            Dictionary<int, FormulaLineResult> results = folder.Results();
            if (results.Count == folder.Formulas.Count)
            {
                folder.Finish(results);
            }
        }

        throw new IOException(
            $"Shard {shard} of {campaign.Folder} was changed by others whenever it was finished; look for a program that removes files there, and run the shard again."
        );
    }

    /// <summary>Does what is left to do of all shards, one after another.</summary>
    /// <param name="onShard">Hears of each shard when it is finished.</param>
    /// <param name="progress">Hears how many formulas are done of those that were open.</param>
    /// <param name="cancellation">Stops between the sampler's moves; what is done stays.</param>
    /// <inheritdoc cref="RunShardAsync" path="/exception"/>
    public async Task RunAllAsync(
        Action<ShardOutcome>? onShard = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        AllProgress all = new(CampaignStatus.Read(campaign, time).ToDo, progress);
        for (int shard = 0; shard < campaign.ShardCount; shard++)
        {
            ShardOutcome outcome = await RunShardAsync(shard, all, cancellation).ConfigureAwait(false);
            onShard?.Invoke(outcome);
        }
    }

    private static ShardSummary? Finished(ShardFolder folder, ref string? damage)
    {
        try
        {
            return folder.Verify();
        }
        catch (ShardDamagedException exception)
        {
            damage ??= exception.Message;
            return null; // its file is replaced when all is there
        }
    }

    /// <returns>How many formulas were done here.</returns>
    private async Task<int> WorkAsync(
        ShardFolder folder,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        Dictionary<int, FormulaLineResult> known = folder.Results();
        CampaignFormula[] open = [.. folder.Formulas.Where(formula => !known.ContainsKey(formula.Index))];
        known.Clear();
        int done = 0;
        using Heartbeat heartbeat = new(campaign, folder.Number, time);
        ParallelOptions options = new() { MaxDegreeOfParallelism = FormulasAtOnce, CancellationToken = cancellation };
        await Parallel
            .ForEachAsync(
                open,
                options,
                async (formula, stop) =>
                {
                    if (folder.Read(formula) is null)
                    {
                        folder.Add(await predict(formula, stop).ConfigureAwait(false));
                        heartbeat.Advance();
                    }

                    int now = Interlocked.Increment(ref done);
                    progress?.Report(new WorkProgress($"shard {folder.Number}", now, open.Length, "formulas"));
                }
            )
            .ConfigureAwait(false);
        return done;
    }

    /// <summary>Adds up what is done of all shards.</summary>
    /// <param name="open">Formulas that are to be done.</param>
    /// <param name="progress">Hears of it.</param>
    private sealed class AllProgress(int open, IProgress<WorkProgress>? progress) : IProgress<WorkProgress>
    {
        private readonly Lock gate = new();
        private long done;

        public void Report(WorkProgress value)
        {
            lock (gate)
            {
                done++;
                progress?.Report(new WorkProgress("campaign", done, Math.Max(done, open), "formulas", value.Task));
            }
        }
    }
}

/// <summary>What came of a shard.</summary>
/// <param name="Shard">From 0.</param>
/// <param name="Formulas">How many it has.</param>
/// <param name="DoneNow">How many of them were worked on now; 0 where it was finished before.</param>
/// <param name="Failed">How many came to nothing; the results say why.</param>
/// <param name="Damage">What was wrong with its file, which was made anew; null where nothing was.</param>
public sealed record ShardOutcome(int Shard, int Formulas, int DoneNow, int Failed, string? Damage);
