using Kagome.Core.Structures;
using Kagome.Evaluation.Scoring;
using Kagome.Formats;
using Kagome.Sampling.Generation;

namespace Kagome.Cli.Evaluation;

/// <summary>Structures that another program made, found by the names of the references.</summary>
/// <remarks>
/// A structure belongs to the reference x where it is named x, or x and then _, # or / and more, such as x_3: the longest such name
/// counts. Several of one reference are its samples, in the order in which they are read.
/// </remarks>
internal sealed class PredictedSamples : ISampleSource
{
    /// <summary>Scored together.</summary>
    private const int BatchSize = 64;

    private static readonly char[] Separators = ['_', '#', '/'];

    private readonly ILookup<string, Structure> structures;

    private PredictedSamples(
        ILookup<string, Structure> structures,
        IReadOnlyList<ReferenceCrystal> crystals,
        int samples
    )
    {
        this.structures = structures;
        Samples = samples;
        Batches =
        [
            .. crystals
                .SelectMany(crystal =>
                    Enumerable
                        .Range(1, Math.Clamp(structures[crystal.Id].Count(), 1, samples))
                        .Select(sample => new SampleKey(crystal, sample))
                )
                .Chunk(BatchSize)
                .Select(keys => new SampleBatch(keys)),
        ];
    }

    public IReadOnlyList<SampleBatch> Batches { get; }

    /// <summary>K: the most structures of any reference.</summary>
    public int Samples { get; }

    /// <summary>References without a structure.</summary>
    public required int Missing { get; init; }

    /// <summary>Structures that belong to no reference that is scored.</summary>
    public required int Unused { get; init; }

    public required int UnreadableEntries { get; init; }

    public required string Fingerprint { get; init; }

    /// <param name="path">A folder of files named by the reference, or one file of many structures.</param>
    /// <param name="crystals">The references.</param>
    /// <param name="mostSamples">Of each reference; null for all that there are.</param>
    /// <exception cref="BadInputException">No structure belongs to any reference.</exception>
    /// <exception cref="StructureFormatException">The path cannot be read.</exception>
    public static PredictedSamples Read(string path, IReadOnlyList<ReferenceCrystal> crystals, int? mostSamples)
    {
        int unreadable = 0;
        CrystalRecord[] records = [.. DataSet.Read(path).Records(_ => unreadable++)];
        HashSet<string> ids = [.. crystals.Select(crystal => crystal.Id)];
        ILookup<string?, CrystalRecord> byReference = records.ToLookup(record => Reference(record.Id, ids));
        if (records.Length == byReference[null].Count())
        {
            throw new BadInputException(
                $"{path} holds {records.Length} structures ({unreadable} entries cannot be read), and none is named after a crystal of the data, such as {crystals[0].Id}. Name files or entries by the id, with _1, _2, … for several of one crystal."
            );
        }

        ILookup<string, Structure> found = byReference
            .Where(group => group.Key is not null)
            .SelectMany(group => group.Select(record => (Id: group.Key!, record.Structure)))
            .ToLookup(pair => pair.Id, pair => pair.Structure);
        int most = found.Max(group => group.Count());
        return new PredictedSamples(found, crystals, Math.Min(most, mostSamples ?? most))
        {
            Missing = crystals.Count(crystal => !found.Contains(crystal.Id)),
            Unused = byReference[null].Count(),
            UnreadableEntries = unreadable,
            Fingerprint = StructureFingerprint.Of(records),
        };
    }

    public long Work(SampleBatch batch) => batch.Keys.Count;

    public IReadOnlyList<GeneratedCrystal> Sample(
        SampleBatch batch,
        Action<long> advance,
        CancellationToken cancellation
    )
    {
        advance(batch.Keys.Count);
        return [.. batch.Keys.Select(Find)];
    }

    private GeneratedCrystal Find(SampleKey key) =>
        structures[key.Reference.Id].ElementAtOrDefault(key.Sample - 1) is { } structure
            ? new GeneratedCrystal(structure, Problem: null)
            : new GeneratedCrystal(Structure: null, "there is no prediction");

    private static string? Reference(string name, HashSet<string> ids)
    {
        for (int length = name.Length; length > 0; length = name.LastIndexOfAny(Separators, length - 1))
        {
            if (ids.Contains(name[..length]))
            {
                return name[..length];
            }
        }

        return null;
    }
}
