using Kagome.Cli.Energies;
using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.Formats;
using Kagome.Training.Data;
using Kagome.Training.Pretraining;

namespace Kagome.Cli.Pretraining;

/// <summary>Reads the data once, leaves out what is not to be learned from, and cuts the rest into shards.</summary>
internal sealed class DataPreparation(PretrainingRecipe recipe, TextWriter error) : IStage
{
    private const string Kept = "crystals";

    private readonly SortedDictionary<string, double> figures = new(StringComparer.Ordinal);

    public string Name => "data";

    public SortedDictionary<string, string> Inputs()
    {
        SortedDictionary<string, string> inputs = new(StringComparer.Ordinal)
        {
            ["crystals"] = JsonText.Format(recipe.Crystals),
        };
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

    public StageResult Run(string folder, CancellationToken cancellation)
    {
        figures.Clear();
        Array.ForEach(CrystalShards.Of(folder), File.Delete); // reading is quick: an interrupted one begins anew
        int number = 0;
        using (CrystalProgress progress = new(error, Name))
        {
            foreach (CrystalRecord[] shard in Usable(progress, cancellation).Chunk(recipe.Crystals.ShardSize))
            {
                Count(Kept, shard.Length);
                DataSet.Write(Path.Combine(folder, CrystalShards.Name(number++)), shard);
            }
        }

        return number > 0
            ? new StageResult(CrystalShards.Sums(folder), figures)
            : throw new BadInputException(
                $"No crystal of {string.Join(", ", recipe.Data)} can be learned from: {string.Join("; ", figures.Select(pair => $"{pair.Value} {pair.Key}"))}."
            );
    }

    private IEnumerable<CrystalRecord> Usable(CrystalProgress progress, CancellationToken cancellation)
    {
        HeldOutCrystals heldOut = HeldOutCrystals.Read(recipe.HeldOut);
        foreach (DataSetEntry entry in recipe.Data.SelectMany(DataSet.Read))
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Add(1);
            progress.Advance(1);
            if (Reason(entry) is { } reason)
            {
                Count(reason, 1);
            }
            else if (heldOut.Contain(entry.Record!, cancellation))
            {
                Count("left out: held out", 1);
            }
            else
            {
                yield return entry.Record!;
            }
        }
    }

    private string? Reason(DataSetEntry entry)
    {
        if (entry.Record is not { } record)
        {
            return "left out: unreadable";
        }

        CrystalLimits limits = recipe.Crystals;
        return record.Split == "test" ? "left out: of the test split"
            : record.Structure.AtomCount < limits.SmallestAtomCount
                ? $"left out: fewer than {limits.SmallestAtomCount} atoms"
            : record.Structure.AtomCount > limits.LargestAtomCount
                ? $"left out: more than {limits.LargestAtomCount} atoms"
            : record.Labels.TryGetValue(EnergyLabel.Name, out double energy) && energy > limits.LargestEnergyAboveHull
                ? $"left out: more than {limits.LargestEnergyAboveHull} eV/atom above the hull"
            : null;
    }

    private void Count(string what, int crystals) => figures[what] = figures.GetValueOrDefault(what) + crystals;
}
