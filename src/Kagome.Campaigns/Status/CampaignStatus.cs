namespace Kagome.Campaigns;

/// <summary>How far a campaign is, from what lies in its folder.</summary>
/// <param name="Folder">The campaign's.</param>
/// <param name="Formulas">All of them.</param>
/// <param name="Done">Those that are done, failed ones included.</param>
/// <param name="Failed">Those that came to nothing.</param>
/// <param name="Failures">Why they did, the most frequent reason first.</param>
/// <param name="Shards">Each shard, in order.</param>
/// <param name="FormulasPerHour">Of all processes at work; null where none is, or none has done anything yet.</param>
public sealed record CampaignStatus(
    string Folder,
    int Formulas,
    int Done,
    int Failed,
    IReadOnlyList<FailureGroup> Failures,
    IReadOnlyList<ShardStatus> Shards,
    double? FormulasPerHour
)
{
    /// <summary>Formulas that are not done.</summary>
    public int ToDo => Formulas - Done;

    /// <summary>Whether all shards are finished.</summary>
    public bool IsComplete => Shards.All(shard => shard.State == ShardState.Finished);

    /// <summary>How long it takes at this rate; null where none is known.</summary>
    public double? HoursLeft => FormulasPerHour is { } rate && rate > 0 ? ToDo / rate : null;

    /// <summary>Looks at a campaign's folder, without reading results.</summary>
    /// <param name="campaign">What to look at.</param>
    /// <param name="time">Tells what a recent sign of life is; null for the system's.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static CampaignStatus Read(Campaign campaign, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        DateTimeOffset now = (time ?? TimeProvider.System).GetUtcNow();
        (ShardStatus Status, IReadOnlyList<FailureGroup> Failures)[] shards =
        [
            .. Enumerable
                .Range(0, campaign.ShardCount)
                .AsParallel()
                .AsOrdered()
                .Select(shard => Read(campaign, shard, now)),
        ];
        return new CampaignStatus(
            campaign.Folder,
            campaign.Formulas.Count,
            shards.Sum(shard => shard.Status.Done),
            shards.Sum(shard => shard.Status.Failed),
            FailureGroup.Merge(shards.SelectMany(shard => shard.Failures)),
            [.. shards.Select(shard => shard.Status)],
            Rate([.. shards.Select(shard => shard.Status.FormulasPerHour).OfType<double>()])
        );
    }

    /// <summary>The same, with what a queue says of its tasks.</summary>
    /// <param name="tasks">By shard.</param>
    public CampaignStatus With(IReadOnlyDictionary<int, QueueTask> tasks) =>
        this with
        {
            Shards =
            [
                .. Shards.Select(shard =>
                    tasks.TryGetValue(shard.Shard, out QueueTask? task) ? shard.With(task) : shard
                ),
            ],
        };

    /// <summary>Processes that have done nothing yet are taken to be as fast as the others.</summary>
    private static double? Rate(double[] live) =>
        live.Where(rate => rate > 0).ToArray() is { Length: > 0 } known ? known.Average() * live.Length : null;

    private static (ShardStatus Status, IReadOnlyList<FailureGroup> Failures) Read(
        Campaign campaign,
        int shard,
        DateTimeOffset now
    )
    {
        ShardFolder folder = new(campaign, shard);
        string? damage = null;
        try
        {
            if (folder.Summary() is { } summary)
            {
                ShardStatus finished = new(
                    shard,
                    ShardState.Finished,
                    summary.Formulas,
                    summary.Formulas,
                    summary.Failed,
                    summary.Crystals
                );
                return (finished, summary.Failures);
            }
        }
        catch (ShardDamagedException exception)
        {
            damage = exception.Message;
        }

        (int done, int failed, IReadOnlyList<FailureGroup> failures) = folder.Count();
        SignOfLife? sign = SignOfLife.Read(campaign, shard);
        bool isLive = sign?.IsLive(now) == true;
        ShardState state =
            isLive ? ShardState.Running
            : damage is not null ? ShardState.Damaged
            : done > 0 ? ShardState.Begun
            : ShardState.ToDo;
        ShardStatus status = new(shard, state, folder.Formulas.Count, done, failed, 0)
        {
            Machine = isLive ? sign!.Machine : null,
            LastSign = sign?.Updated,
            FormulasPerHour = isLive ? sign!.Done / Math.Max((now - sign.Begun).TotalHours, 1e-6) : null,
            Damage = damage,
        };
        return (status, failures);
    }
}

/// <summary>What is known of a shard.</summary>
/// <param name="Shard">Its number, from 0.</param>
/// <param name="State">How far it is.</param>
/// <param name="Formulas">How many it has.</param>
/// <param name="Done">How many of them are done, failed ones included.</param>
/// <param name="Failed">How many came to nothing.</param>
/// <param name="Crystals">How many are kept of a finished one.</param>
public sealed record ShardStatus(int Shard, ShardState State, int Formulas, int Done, int Failed, int Crystals)
{
    /// <summary>Who works on it; null where nobody does.</summary>
    public string? Machine { get; init; }

    /// <summary>When somebody who works on it said so the last time; null where nobody has, or it is finished.</summary>
    public DateTimeOffset? LastSign { get; init; }

    /// <summary>Of whoever works on it; null where nobody does.</summary>
    public double? FormulasPerHour { get; init; }

    /// <summary>What is wrong with its file; null where nothing is.</summary>
    public string? Damage { get; init; }

    /// <summary>What a queue says of it; null where none was asked, or it knows nothing.</summary>
    public QueueTask? Task { get; init; }

    internal ShardStatus With(QueueTask task) =>
        this with
        {
            Task = task,
            State = task.Phase == QueuePhase.Running && State != ShardState.Finished ? ShardState.Running : State,
        };
}

/// <summary>How far a shard is.</summary>
public enum ShardState
{
    /// <summary>Nothing of it is done.</summary>
    ToDo,

    /// <summary>Some of it is done, and nobody shows that he works on it.</summary>
    Begun,

    /// <summary>Somebody has shown within two minutes that he works on it, or a queue says so.</summary>
    Running,

    /// <summary>All of it is done.</summary>
    Finished,

    /// <summary>Its file is damaged; the next run makes it anew.</summary>
    Damaged,
}
