using Kagome.Crystals.Structures;
using Kagome.DataSets;
using Kagome.Formats;
using Kagome.Formats.Text;
using Kagome.Training.Distributed;

namespace Kagome.Training;

/// <summary>Reads the data once, leaves out what is not to be learned from, and cuts the rest into shards.</summary>
/// <remarks>Of several processes the first does it: what is a duplicate depends on all that was read before.</remarks>
/// <param name="recipe">Names the files, and what to leave out of them.</param>
/// <param name="format">How they are written; null, as their names tell.</param>
/// <param name="group">Processes that pretrain together.</param>
internal sealed class DataPreparation(PretrainingRecipe recipe, IStructureFormat? format, IProcessGroup group) : IStage
{
    public const string StageName = "data";

    private const string TestSplit = "test";

    private readonly SortedDictionary<string, double> figures = new(StringComparer.Ordinal);

    public string Name => StageName;

    private DataSetFilter Filter =>
        new()
        {
            AtomCount = new NumberRange(recipe.Crystals.SmallestAtomCount, recipe.Crystals.LargestAtomCount),
            Labels =
            [
                new LabelRange(
                    Labels.EnergyAboveHull,
                    new NumberRange(double.NegativeInfinity, recipe.Crystals.LargestEnergyAboveHull)
                ),
            ],
            KeepsUnlabelled = true,
        };

    public SortedDictionary<string, string> Inputs()
    {
        SortedDictionary<string, string> inputs = new(StringComparer.Ordinal)
        {
            ["crystals"] = JsonText.Format(recipe.Crystals),
        };
        if (format is not null)
        {
            inputs["format"] = format.Name;
        }

        foreach (string path in recipe.Data)
        {
            inputs[$"data {path}"] = ContentHash.Of(path);
        }

        foreach (string path in recipe.HeldOut)
        {
            inputs[$"held out {path}"] = ContentHash.Of(path);
        }

        return inputs;
    }

    public Task<StageResult> RunAsync(
        string folder,
        IProgress<TrainingEvent>? progress,
        CancellationToken cancellation
    ) =>
        group.IsFirst()
            ? Task.Run(() => Run(folder, progress, cancellation), CancellationToken.None)
            : Task.FromResult(StageResult.OfOther);

    private StageResult Run(string folder, IProgress<TrainingEvent>? progress, CancellationToken cancellation)
    {
        figures.Clear();
        Array.ForEach(CrystalShards.Of(folder), File.Delete); // reading is quick: an interrupted one begins anew
        StageWork work = new(progress);
        CrystalReader reader = new(recipe.Data) { Format = format, Reject = Reason };
        int number = 0;
        foreach (
            CrystalRecord[] shard in Distinct(reader.Read(work, "reading", cancellation), folder, work, cancellation)
                .Chunk(recipe.Crystals.ShardSize)
        )
        {
            figures["crystals"] = figures.GetValueOrDefault("crystals") + shard.Length;
            DataSet.Write(Path.Combine(folder, CrystalShards.Name(number++)), shard);
        }

        if (reader.FirstProblem is { } problem)
        {
            progress?.Report(new EntriesUnreadable(reader.UnreadableCount, problem));
        }

        return number > 0 ? new StageResult(CrystalShards.Sums(folder), figures) : throw NoCrystal(reader);
    }

    private InputException NoCrystal(CrystalReader reader)
    {
        string paths = string.Join(", ", recipe.Data);
        if (reader.Count == 0 && figures.Count == 0)
        {
            string why = reader.FirstProblem is { } problem
                ? $"{reader.UnreadableCount} entries cannot be read, the first: {problem}"
                : "it is empty";
            return new InputException($"{paths} holds no crystal ({why}); nothing was written.");
        }

        string reasons = string.Join("; ", figures.Select(pair => $"{pair.Value} {pair.Key}"));
        return new InputException($"No crystal of {paths} can be learned from: {reasons}.");
    }

    private string? Reason(CrystalRecord record)
    {
        string? reason = record.Split == TestSplit ? $"of the {TestSplit} split" : Filter.Reason(record);
        if (reason is not null)
        {
            Count($"left out: {reason}");
        }

        return reason;
    }

    private IEnumerable<CrystalRecord> Distinct(
        IEnumerable<CrystalRecord> records,
        string folder,
        StageWork work,
        CancellationToken cancellation
    ) =>
        recipe.Crystals.LeavesOutDuplicates
            ? new DuplicateSearch { TemporaryFolder = folder }.Distinct(
                records,
                new CrystalReader(recipe.HeldOut) { Format = format }.Read(cancellation),
                duplicate =>
                    Count(
                        duplicate.Of.Set == CrystalSet.Reference
                            ? "left out: held out"
                            : "left out: the same as one before"
                    ),
                work,
                cancellation
            )
            : records;

    private void Count(string what) => figures[what] = figures.GetValueOrDefault(what) + 1;
}
