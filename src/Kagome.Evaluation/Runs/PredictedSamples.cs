using Kagome.Crystals.Structures;
using Kagome.Evaluation.Scoring;
using Kagome.Formats;
using Kagome.Work;

namespace Kagome.Evaluation;

/// <summary>Structures that another program made, found by the names of the references.</summary>
/// <remarks>
/// A structure belongs to the reference x where it is named x, or x and then _, #, : or / and more, such as x_3: the longest such name
/// counts. Where there is none, folders before the name are left out, as in batch-2/x. Several of one reference are its samples, in the order in which they are read.
/// Those of a .pt file (<see cref="TensorPredictions"/>) have no names, and go by the order of the data.
/// </remarks>
internal sealed class PredictedSamples : ISampleSource
{
    /// <summary>How many structures are scored together.</summary>
    private const int UnitSize = 64;

    private static readonly char[] Separators = ['_', '#', '/', ':'];

    private readonly string name;
    private readonly string fingerprint;
    private readonly int samples;
    private readonly int? threads;
    private readonly ILookup<string?, SampledStructure> byReference;

    private PredictedSamples(
        string name,
        ILookup<string?, SampledStructure> structures,
        string ownFingerprint,
        int unreadable,
        IReadOnlyList<ReferenceCrystal> crystals,
        EvaluationOptions options
    )
    {
        (this.name, byReference, fingerprint) = (name, structures, ownFingerprint);
        int most = crystals.Max(crystal => byReference[crystal.Id].Count());
        samples = Math.Min(most, options.Samples ?? most);
        threads = options.Models.Threads;
        Units =
        [
            .. crystals
                .SelectMany(crystal =>
                    Enumerable
                        .Range(1, Math.Clamp(byReference[crystal.Id].Count(), 1, samples))
                        .Select(number => new EvaluationSample(crystal, number))
                )
                .Chunk(UnitSize)
                .Select((unit, number) => new EvaluationUnit(number, unit)),
        ];
        Concerns =
        [
            .. new (int Count, string What)[]
            {
                (
                    crystals.Count(crystal => !byReference.Contains(crystal.Id)),
                    $"of {crystals.Count} crystals have no prediction and count as failures."
                ),
                (byReference[null].Count(), "structures are named after no crystal that is scored, and are left out."),
                (unreadable, "entries of the predictions cannot be read, and are left out."),
            }
                .Where(concern => concern.Count > 0)
                .Select(concern => $"{concern.Count} {concern.What}"),
        ];
    }

    public IReadOnlyList<EvaluationUnit> Units { get; }

    public IReadOnlyList<string> Concerns { get; }

    public string WorkUnit => "structures";

    /// <summary>Reads a folder of files named by the reference, one file of many structures, or a .pt file in the order of the data.</summary>
    /// <exception cref="InputException">No structure belongs to any reference, or a .pt file is of other crystals.</exception>
    /// <exception cref="StructureFormatException">The path cannot be read.</exception>
    /// <exception cref="Models.CheckpointException">A .pt file is damaged.</exception>
    public static PredictedSamples Read(
        string path,
        ReferenceSet references,
        EvaluationOptions options,
        CancellationToken cancellation
    )
    {
        if (
            options.PredictionsFormat is null
            && path.EndsWith(TensorPredictions.Extension, StringComparison.OrdinalIgnoreCase)
        )
        {
            return InOrder(path, references, options, cancellation);
        }

        CrystalReader reader = new(path) { Format = options.PredictionsFormat };
        CrystalRecord[] records = [.. reader.Read(cancellation)];
        return Named(path, records, reader.UnreadableCount, references.Crystals, options);
    }

    /// <summary>Takes structures that are in memory.</summary>
    /// <exception cref="InputException">No structure belongs to any reference.</exception>
    public static PredictedSamples Of(
        IReadOnlyList<CrystalRecord> records,
        IReadOnlyList<ReferenceCrystal> crystals,
        EvaluationOptions options
    ) => Named("predictions", records, unreadable: 0, crystals, options);

    private static PredictedSamples Named(
        string name,
        IReadOnlyList<CrystalRecord> records,
        int unreadable,
        IReadOnlyList<ReferenceCrystal> crystals,
        EvaluationOptions options
    )
    {
        HashSet<string> ids = [.. crystals.Select(crystal => crystal.Id)];
        ILookup<string?, SampledStructure> structures = records.ToLookup(
            record => Reference(record.Id, ids),
            record => new SampledStructure(record.Structure)
        );
        return records.Count > structures[null].Count()
            ? new PredictedSamples(name, structures, DataSetFingerprint.Of(records), unreadable, crystals, options)
            : throw new InputException(
                $"{name} holds {records.Count} structures ({unreadable} entries cannot be read), and none is named after a crystal of the data, such as {crystals[0].Id}. Name files or entries by the id, with _1, _2, … for several of one crystal.",
                name
            );
    }

    private static PredictedSamples InOrder(
        string path,
        ReferenceSet references,
        EvaluationOptions options,
        CancellationToken cancellation
    )
    {
        HashSet<string> ids = [.. references.Crystals.Select(crystal => crystal.Id)];
        (string Id, SampledStructure Structure)[] structures =
        [
            .. references
                .InSplit.Zip(TensorPredictions.Read(path, references.InSplit, cancellation))
                .Where(crystal => ids.Contains(crystal.First.Id))
                .SelectMany(crystal => crystal.Second.Select(structure => (crystal.First.Id, structure))),
        ];
        return new PredictedSamples(
            path,
            structures.ToLookup(one => (string?)one.Id, one => one.Structure),
            DataSetFingerprint.Of(
                structures
                    .Index()
                    .Where(one => one.Item.Structure.Structure is not null)
                    .Select(one => new CrystalRecord($"{one.Index}", one.Item.Structure.Structure!))
            ),
            unreadable: 0,
            references.Crystals,
            options
        );
    }

    public WorkerThreads CreateWorkers() => new(threads, coresEach: 0);

    public EvaluationOrigin Complete(EvaluationOrigin origin) =>
        origin with
        {
            Predictions = Path.GetFileName(Path.TrimEndingDirectorySeparator(name)),
            PredictionsFingerprint = fingerprint,
            Samples = samples,
        };

    public long Work(EvaluationUnit unit) => unit.Samples.Count;

    public IReadOnlyList<SampledStructure> Sample(
        EvaluationUnit unit,
        Action<long> advance,
        CancellationToken cancellation
    )
    {
        advance(unit.Samples.Count);
        return [.. unit.Samples.Select(Find)];
    }

    public void Dispose()
    {
        // structures in memory need no end
    }

    private SampledStructure Find(EvaluationSample sample) =>
        byReference[sample.Reference.Id].ElementAtOrDefault(sample.Number - 1)
        ?? new SampledStructure(Structure: null, "there is no prediction");

    private static string? Reference(string name, HashSet<string> ids)
    {
        for (int length = name.Length; length > 0; length = name.LastIndexOfAny(Separators, length - 1))
        {
            if (ids.Contains(name[..length]))
            {
                return name[..length];
            }
        }

        int folder = name.IndexOf('/', StringComparison.Ordinal);
        return folder < 0 ? null : Reference(name[(folder + 1)..], ids);
    }
}
