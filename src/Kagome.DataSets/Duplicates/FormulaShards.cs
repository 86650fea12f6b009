using System.Runtime.ExceptionServices;
using Kagome.Core.Structures;
using Kagome.DataSets.Splits;

namespace Kagome.DataSets.Duplicates;

/// <summary>Crystals in temporary files, those of one formula in the same: what one file holds can be compared on its own.</summary>
/// <remarks>So memory holds one file's crystals for each core, however many there are.</remarks>
internal sealed class FormulaShards : IDisposable
{
    /// <summary>Few enough to have them all open.</summary>
    public const int Count = 128;

    private readonly DirectoryInfo folder;
    private readonly BinaryWriter?[] writers = new BinaryWriter?[Count];

    /// <param name="parent">A folder with space for all crystals, about 50 bytes an atom; made where there is none.</param>
    /// <exception cref="IOException">Files cannot be made there.</exception>
    public FormulaShards(string parent)
    {
        folder = Directory.CreateDirectory(Path.Combine(parent, $".kagome-{Guid.NewGuid():N}.tmp"));
    }

    /// <summary>How many crystals were added.</summary>
    public int CrystalCount { get; private set; }

    /// <exception cref="IOException">The disk is full.</exception>
    public void Add(CrystalRecord record, CrystalSet set)
    {
        ulong formula = FormulaHash.Of(record.Structure.Composition);
        BinaryWriter writer = writers[formula % Count] ??= new BinaryWriter(
            File.Create(PathOf((int)(formula % Count)))
        );
        CrystalSpill.Write(writer, new SpilledCrystal(CrystalCount, set, formula, record));
        CrystalCount++;
    }

    /// <exception cref="IOException">The disk is full.</exception>
    /// <exception cref="OperationCanceledException">The adding was cancelled.</exception>
    public void AddAll(
        IEnumerable<CrystalRecord> records,
        CrystalSet set,
        IDuplicateObserver? observer,
        CancellationToken cancellation
    )
    {
        foreach (CrystalRecord record in records)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(record, set);
            observer?.OnRead();
        }
    }

    /// <summary>Ends the adding.</summary>
    public void Close()
    {
        for (int shard = 0; shard < Count; shard++)
        {
            writers[shard]?.Dispose();
            writers[shard] = null;
        }
    }

    /// <summary>Works on all shards, on all cores.</summary>
    /// <param name="work">Given a shard's crystals.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void ForEach(Action<IEnumerable<SpilledCrystal>> work, CancellationToken cancellation)
    {
        try
        {
            ParallelOptions options = new() { CancellationToken = cancellation };
            Parallel.For(0, Count, options, shard => work(Read(shard)));
        }
        catch (AggregateException exception)
        {
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    /// <summary>All crystals in the order in which they were added.</summary>
    public IEnumerable<SpilledCrystal> ReadAll()
    {
        IEnumerator<SpilledCrystal>[] shards =
        [
            .. Enumerable.Range(0, Count).Select(shard => Read(shard).GetEnumerator()),
        ];
        try
        {
            PriorityQueue<IEnumerator<SpilledCrystal>, int> next = new();
            foreach (IEnumerator<SpilledCrystal> shard in shards.Where(shard => shard.MoveNext()))
            {
                next.Enqueue(shard, shard.Current.Order);
            }

            while (next.TryDequeue(out IEnumerator<SpilledCrystal>? shard, out _))
            {
                yield return shard.Current;
                if (shard.MoveNext())
                {
                    next.Enqueue(shard, shard.Current.Order);
                }
            }
        }
        finally
        {
            Array.ForEach(shards, shard => shard.Dispose());
        }
    }

    public void Dispose()
    {
        Close();
        folder.Delete(recursive: true);
    }

    /// <summary>The crystals of a shard in the order in which they were added.</summary>
    private IEnumerable<SpilledCrystal> Read(int shard)
    {
        if (!File.Exists(PathOf(shard)))
        {
            yield break;
        }

        using FileStream file = File.OpenRead(PathOf(shard));
        using BinaryReader reader = new(file);
        while (file.Position < file.Length)
        {
            yield return CrystalSpill.Read(reader);
        }
    }

    private string PathOf(int shard) => Path.Combine(folder.FullName, $"{shard:D3}");
}
