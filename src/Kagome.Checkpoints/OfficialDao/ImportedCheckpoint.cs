namespace Kagome.Checkpoints.OfficialDao;

/// <summary>A checkpoint of another program as one of ours, and what did not come along.</summary>
public sealed record ImportedCheckpoint(Checkpoint Checkpoint, ImportReport Report) : IDisposable
{
    public void Dispose() => Checkpoint.Dispose();
}
