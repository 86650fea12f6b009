using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;
using Kagome.Training.Distributed;

namespace Kagome.Training;

/// <summary>Relaxes the unstable crystals by DAO-P, shard by shard: a shard that is written is not done again.</summary>
/// <remarks>Several processes take a shard each in turn, and ask each other after each whether to go on.</remarks>
/// <param name="recipe">Which crystals, and how.</param>
/// <param name="data">The folder of the shards.</param>
/// <param name="predictor">DAO-P: a name or a file.</param>
/// <param name="models">Where the names of models are looked up.</param>
/// <param name="device">cpu or cuda.</param>
/// <param name="group">Processes that share the shards.</param>
internal sealed class CrystalRelaxation(
    PretrainingRecipe recipe,
    string data,
    string predictor,
    ModelCatalog models,
    string device,
    IProcessGroup group
) : IStage
{
    public const string StageName = "relaxation";

    public string Name => StageName;

    public static EnergyPredictor LoadPredictor(ModelCatalog models, string predictor, string device) =>
        EnergyPredictor.Load(
            new ModelOptions
            {
                Predictor = predictor,
                Folder = models.Folder,
                Device = device,
            }
        );

    public SortedDictionary<string, string> Inputs() =>
        new(StringComparer.Ordinal)
        {
            ["crystals"] = ContentHash.Of(CrystalShards.Sums(data)),
            ["predictor"] = ContentHash.Of(models.Find(predictor)),
            ["relaxation"] = JsonText.Format(recipe.Relaxation),
            ["label"] = recipe.Predictor.Energy.Label,
        };

    public async Task<StageResult> RunAsync(
        string folder,
        IProgress<TrainingEvent>? progress,
        CancellationToken cancellation
    )
    {
        using EnergyPredictor model = LoadPredictor(models, predictor, ProcessDevice.Of(device, group));
        foreach (string[] round in Open(folder).Chunk(group.Size))
        {
            string? own = round.ElementAtOrDefault(group.Rank);
            await group
                .TogetherAsync(() => DoAsync(own, folder, model, progress, cancellation), cancellation)
                .ConfigureAwait(false);
        }

        return group.IsFirst() ? new StageResult(CrystalShards.Sums(folder), Figures(folder)) : StageResult.OfOther;
    }

    /// <summary>The shards that are not done yet, as the first process sees it.</summary>
    private string[] Open(string folder)
    {
        string[] open =
        [
            .. CrystalShards
                .Of(data)
                .Where(shard => !File.Exists(Path.Combine(folder, Path.GetFileName(shard))))
                .Select(shard => Path.GetFileName(shard)),
        ];
        return group.FromFirst(string.Join('\n', open)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <returns>Whether there was one.</returns>
    private async Task<bool> DoAsync(
        string? shard,
        string folder,
        EnergyPredictor model,
        IProgress<TrainingEvent>? progress,
        CancellationToken cancellation
    )
    {
        cancellation.ThrowIfCancellationRequested();
        if (shard is null)
        {
            return false;
        }

        CrystalRecord[] records = CrystalShards.Read(Path.Combine(data, shard));
        await RelaxAsync(records, model, new StageWork(progress), cancellation).ConfigureAwait(false);
        DataSet.Write(Path.Combine(folder, shard), records);
        return true;
    }

    private async Task RelaxAsync(
        CrystalRecord[] records,
        EnergyPredictor model,
        StageWork progress,
        CancellationToken cancellation
    )
    {
        int[] places = [.. Enumerable.Range(0, records.Length).Where(at => IsRelaxed(records[at]))];
        IAsyncEnumerable<RelaxationResult> results = model.RelaxAsync(
            [.. places.Select(at => records[at])],
            new RelaxationOptions { Iterations = recipe.Relaxation.Iterations },
            progress,
            cancellation
        );
        int next = 0;
        await foreach (RelaxationResult result in results.ConfigureAwait(false))
        {
            records[places[next++]] = result.Record;
        }
    }

    private bool IsRelaxed(CrystalRecord record) =>
        record.Labels.TryGetValue(recipe.Predictor.Energy.Label, out double energy)
        && recipe.Relaxation.Relaxes(energy);

    /// <summary>Figures of the files, so that they hold for shards of earlier sessions too.</summary>
    private SortedDictionary<string, double> Figures(string folder)
    {
        int unstable = 0;
        List<double> changes = [];
        foreach (CrystalRecord record in CrystalShards.Of(folder).SelectMany(CrystalShards.Read).Where(IsRelaxed))
        {
            unstable++;
            if (RelaxationResult.EnergyChange(record) is { } change)
            {
                changes.Add(change);
            }
        }

        return new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["to relax"] = unstable,
            ["lowered"] = changes.Count(change => change < 0),
            ["mean predicted change, eV/atom"] = changes.Count > 0 ? changes.Average() : 0,
        };
    }
}
