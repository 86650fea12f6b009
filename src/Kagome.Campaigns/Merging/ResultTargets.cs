using Kagome.Formats.Text;

namespace Kagome.Campaigns.Merging;

/// <summary>A file that crystals are merged into: whole or not there.</summary>
internal interface IResultTarget : IAsyncDisposable
{
    Task AddAsync(MergedCrystal crystal);

    Task CompleteAsync();
}

/// <summary>A file of crystals and their numbers.</summary>
internal sealed class CrystalTarget(ICrystalSink sink) : IResultTarget
{
    public Task AddAsync(MergedCrystal crystal)
    {
        sink.Add(crystal.Record);
        return Task.CompletedTask;
    }

    public Task CompleteAsync()
    {
        sink.Complete();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        sink.Dispose();
        return ValueTask.CompletedTask;
    }
}
