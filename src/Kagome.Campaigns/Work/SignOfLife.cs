using Kagome.Formats;

namespace Kagome.Campaigns;

/// <summary>What a process says while it works on a shard: all that depends on time and machine, which no result holds. It may be lost.</summary>
/// <param name="Shard">From 0.</param>
/// <param name="Machine">Its name.</param>
/// <param name="Process">Its number on the machine.</param>
/// <param name="Begun">When this process began with the shard.</param>
/// <param name="Updated">When it said this.</param>
/// <param name="Done">Formulas that it did itself.</param>
/// <param name="IsOver">Whether it has stopped, for whatever reason.</param>
internal sealed record SignOfLife(
    int Shard,
    string Machine,
    int Process,
    DateTimeOffset Begun,
    DateTimeOffset Updated,
    int Done,
    bool IsOver
)
{
    private const string FolderName = "progress";
    private const string End = ".json";

    /// <summary>How often a process says something at the latest.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Who has said nothing for so long is no more; clocks of machines may differ a little.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Whether the process is at work.</summary>
    public bool IsLive(DateTimeOffset now) => !IsOver && now - Updated < Patience;

    /// <summary>The last one of a shard; null where there is none that can be read.</summary>
    public static SignOfLife? Read(Campaign campaign, int shard)
    {
        try
        {
            return JsonText.Parse<SignOfLife>(File.ReadAllBytes(campaign.PathOf(FolderName, shard, End)));
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    public void Write(Campaign campaign)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(campaign.Folder, FolderName));
            AtomicFile.Write(campaign.PathOf(FolderName, Shard, End), JsonText.LineBytes(this));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // results matter, and what is wrong with the disk shows when they are written
        }
    }
}

/// <summary>Says at regular times that a process is at work on a shard, until it is disposed of.</summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly Campaign campaign;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private SignOfLife sign;

    public Heartbeat(Campaign campaign, int shard, TimeProvider time)
    {
        (this.campaign, this.time) = (campaign, time);
        DateTimeOffset now = time.GetUtcNow();
        sign = new SignOfLife(shard, Environment.MachineName, Environment.ProcessId, now, now, 0, IsOver: false);
        sign.Write(campaign);
        timer = time.CreateTimer(_ => Beat(0, isOver: false), null, SignOfLife.Interval, SignOfLife.Interval);
    }

    /// <summary>One more formula is done.</summary>
    public void Advance() => Beat(1, isOver: false);

    public void Dispose()
    {
        timer.Dispose();
        Beat(0, isOver: true);
    }

    private void Beat(int done, bool isOver)
    {
        lock (gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            bool isWritten = isOver || now - sign.Updated >= TimeSpan.FromSeconds(1) || sign.Done == 0;
            sign = sign with
            {
                Done = sign.Done + done,
                IsOver = sign.IsOver || isOver,
                Updated = isWritten ? now : sign.Updated,
            };
            if (isWritten)
            {
                sign.Write(campaign);
            }
        }
    }
}
