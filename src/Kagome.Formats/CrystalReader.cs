using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats;

/// <summary>The crystals of files, folders and data sets, one at a time, with counts of what was left out and why.</summary>
/// <remarks>Data sets of any length take little memory. Not for several threads. Counts are complete when the reading is.</remarks>
/// <param name="paths">Files of any known format, or folders.</param>
public sealed class CrystalReader(IReadOnlyList<string> paths)
{
    private const int ReportInterval = 100; // crystals

    private readonly ReadingPosition position = new();
    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);

    /// <summary>Reads files of any known format, or folders.</summary>
    public CrystalReader(params string[] paths)
        : this((IReadOnlyList<string>)paths) { }

    /// <summary>The files and folders that are read.</summary>
    public IReadOnlyList<string> Paths => paths;

    /// <summary>How the files are written. Default: null, as their names tell.</summary>
    public IStructureFormat? Format { get; init; }

    /// <summary>Whether the first entry that holds no crystal ends the reading with an exception. Default: false, it is counted.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether a path that cannot be opened is an entry that cannot be read, rather than an exception. Default: false.</summary>
    public bool GoesOnWithoutFiles { get; init; }

    /// <summary>The splits whose entries are taken, beside those of entries that name none. Default: null, for all entries.</summary>
    public IReadOnlyList<string>? Splits { get; init; }

    /// <summary>Gives a reason to leave a crystal out, or null to take it. Default: null, for none.</summary>
    public Func<CrystalRecord, string?>? Reject { get; init; }

    /// <summary>Hears of each entry that holds no crystal, when it is met. Default: null, for nobody.</summary>
    public Action<StructureFormatException>? OnUnreadable { get; init; }

    /// <summary>Hears of each remark of a reader on a crystal that is taken. Default: null, for nobody.</summary>
    public Action<string>? OnRemark { get; init; }

    /// <summary>How many crystals were read.</summary>
    public int Count { get; private set; }

    /// <summary>How many entries hold no crystal.</summary>
    public int UnreadableCount { get; private set; }

    /// <summary>How many entries are of other splits.</summary>
    public int OtherSplitCount { get; private set; }

    /// <summary>Why the first unreadable entry could not be read; null where all could.</summary>
    public string? FirstProblem { get; private set; }

    /// <summary>How many entries were left out, by the reason for that.</summary>
    public IReadOnlyDictionary<string, int> Skipped => skipped;

    /// <summary>The crystals in the order of the paths.</summary>
    /// <exception cref="StructureFormatException">A path is no file or folder, or its name tells no format: before any crystal.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: it was stopped.</exception>
    public IEnumerable<CrystalRecord> Read(CancellationToken cancellation = default)
    {
        IEnumerable<DataSetEntry>[] files = [.. paths.Select(Open)];
        return Read(files, cancellation);
    }

    private IEnumerable<DataSetEntry> Open(string path)
    {
        try
        {
            IEnumerable<DataSetEntry> entries = Format is { } format
                ? DataSet.Read(path, format, position)
                : DataSet.Read(path, position);
            return GoesOnWithoutFiles ? DataSet.EndedByProblem(entries) : entries;
        }
        catch (StructureFormatException problem) when (GoesOnWithoutFiles)
        {
            return [new DataSetEntry(problem)];
        }
    }

    /// <summary>The crystals in the order of the paths, with reports now and then on how far the reading is.</summary>
    /// <param name="progress">Hears how many crystals were read; the total is an estimate by the length of the files, 0 where that is not known, as for folders.</param>
    /// <param name="task">What to call the work.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <inheritdoc cref="Read(CancellationToken)"/>
    public IEnumerable<CrystalRecord> Read(
        IProgress<WorkProgress>? progress,
        string task = "reading",
        CancellationToken cancellation = default
    ) => progress is null ? Read(cancellation) : Watch(Read(cancellation), progress, task);

    private IEnumerable<CrystalRecord> Watch(
        IEnumerable<CrystalRecord> crystals,
        IProgress<WorkProgress> progress,
        string task
    )
    {
        long bytes = paths.All(File.Exists) ? paths.Sum(path => new FileInfo(path).Length) : 0;
        foreach (CrystalRecord crystal in crystals)
        {
            if (Count % ReportInterval == 0)
            {
                double share = bytes > 0 ? (double)position.BytesRead / bytes : 0;
                progress.Report(new WorkProgress(task, Count, share > 0 ? (long)(Count / share) : 0, "crystals"));
            }

            yield return crystal;
        }
    }

    private IEnumerable<CrystalRecord> Read(IEnumerable<DataSetEntry>[] files, CancellationToken cancellation)
    {
        foreach (DataSetEntry entry in files.SelectMany(file => file))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Reason(entry) is { } reason)
            {
                skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
            }
            else
            {
                Count++;
                Tell(entry.Record!);
                yield return entry.Record!;
            }
        }
    }

    private void Tell(CrystalRecord crystal)
    {
        foreach (string remark in crystal.Remarks)
        {
            OnRemark?.Invoke(remark);
        }
    }

    private string? Reason(DataSetEntry entry)
    {
        if (entry.Record is not { } record)
        {
            if (IsStrict)
            {
                throw entry.Problem!;
            }

            UnreadableCount++;
            OnUnreadable?.Invoke(entry.Problem!);
            FirstProblem ??= entry.Problem!.Message.Split('\n')[0];
            return "unreadable";
        }

        if (Splits is not null && record.Split is { } split && !Splits.Contains(split))
        {
            OtherSplitCount++;
            return $"of the {split} split";
        }

        return Reject?.Invoke(record);
    }
}
