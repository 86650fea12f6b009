using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets;

/// <summary>Crystals in temporary files, those of one formula in the same: what one file holds can be compared on its own.</summary>
/// <remarks>So memory holds one file's crystals for each core, however many there are.</remarks>
internal sealed class FormulaShards : IDisposable
{
    /// <summary>The number of files, few enough to have them all open.</summary>
    public const int Count = 128;

    private readonly AtomicFolder folder; // never completed: it goes when this goes, or its process
    private readonly BinaryWriter?[] writers = new BinaryWriter?[Count];

    /// <param name="parent">A folder with space for all crystals, about 50 bytes an atom; made where there is none.</param>
    /// <exception cref="IOException">Files cannot be made there.</exception>
    public FormulaShards(string parent)
    {
        Directory.CreateDirectory(parent);
        folder = new AtomicFolder(Path.Combine(parent, "shards"));
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
    public void AddAll(IEnumerable<CrystalRecord> records, CrystalSet set, CancellationToken cancellation)
    {
        foreach (CrystalRecord record in records)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(record, set);
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
        folder.Dispose();
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

    private string PathOf(int shard) => Path.Combine(folder.Location, $"{shard:D3}");
}

/// <summary>Crystals as bytes, every number exact: for files that this process writes, reads and removes.</summary>
internal static class CrystalSpill
{
    public static void Write(BinaryWriter writer, SpilledCrystal crystal)
    {
        writer.Write(crystal.Order);
        writer.Write((byte)crystal.Set);
        writer.Write(crystal.Formula);
        writer.Write(crystal.Record.Id);
        writer.Write(crystal.Record.Split is not null);
        writer.Write(crystal.Record.Split ?? "");
        writer.Write(crystal.Record.Labels.Count);
        foreach ((string name, double value) in crystal.Record.Labels)
        {
            writer.Write(name);
            writer.Write(value);
        }

        Write(writer, crystal.Record.Structure);
    }

    public static SpilledCrystal Read(BinaryReader reader)
    {
        int order = reader.ReadInt32();
        CrystalSet set = (CrystalSet)reader.ReadByte();
        ulong formula = reader.ReadUInt64();
        string id = reader.ReadString();
        bool hasSplit = reader.ReadBoolean();
        string split = reader.ReadString();
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            labels[reader.ReadString()] = reader.ReadDouble();
        }

        CrystalRecord record = new(id, ReadStructure(reader))
        {
            Split = hasSplit ? split : null,
            Labels = labels.ToImmutable(),
        };
        return new SpilledCrystal(order, set, formula, record);
    }

    private static void Write(BinaryWriter writer, Structure structure)
    {
        foreach (Cartesian vector in new[] { structure.Lattice.A, structure.Lattice.B, structure.Lattice.C })
        {
            Write(writer, vector.X, vector.Y, vector.Z);
        }

        writer.Write(structure.AtomCount);
        foreach (Site site in structure.Sites)
        {
            writer.Write((byte)site.Element.AtomicNumber);
            Write(writer, site.Position.X, site.Position.Y, site.Position.Z);
        }
    }

    private static Structure ReadStructure(BinaryReader reader)
    {
        Lattice lattice = new(ReadVector(reader), ReadVector(reader), ReadVector(reader));
        Site[] sites = new Site[reader.ReadInt32()];
        for (int index = 0; index < sites.Length; index++)
        {
            Element element = new(reader.ReadByte());
            Cartesian position = ReadVector(reader);
            sites[index] = new Site(element, new Fractional(position.X, position.Y, position.Z));
        }

        return new Structure(lattice, sites);
    }

    private static void Write(BinaryWriter writer, double x, double y, double z)
    {
        writer.Write(x);
        writer.Write(y);
        writer.Write(z);
    }

    private static Cartesian ReadVector(BinaryReader reader) =>
        new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
}

/// <summary>A crystal as it lies in a shard.</summary>
/// <param name="Order">How many crystals were added before it.</param>
/// <param name="Set">Its data set.</param>
/// <param name="Formula">See <see cref="FormulaHash"/>.</param>
/// <param name="Record">All that is known of it.</param>
internal sealed record SpilledCrystal(int Order, CrystalSet Set, ulong Formula, CrystalRecord Record);
