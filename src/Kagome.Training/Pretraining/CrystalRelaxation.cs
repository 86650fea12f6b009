using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;

namespace Kagome.Training;

/// <summary>Relaxes the unstable crystals by DAO-P, shard by shard: a shard that is written is not done again.</summary>
/// <param name="recipe">Which crystals, and how.</param>
/// <param name="data">The folder of the shards.</param>
/// <param name="predictor">DAO-P: a name or a file.</param>
/// <param name="models">Where the names of models are looked up.</param>
/// <param name="device">cpu or cuda.</param>
internal sealed class CrystalRelaxation(
    PretrainingRecipe recipe,
    string data,
    string predictor,
    ModelCatalog models,
    string device
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
        using EnergyPredictor model = LoadPredictor(models, predictor, device);
        foreach (string shard in CrystalShards.Of(data))
        {
            string target = Path.Combine(folder, Path.GetFileName(shard));
            if (!File.Exists(target))
            {
                CrystalRecord[] records = CrystalShards.Read(shard);
                await RelaxAsync(records, model, new StageWork(progress), cancellation).ConfigureAwait(false);
                DataSet.Write(target, records);
            }
        }

        return new StageResult(CrystalShards.Sums(folder), Figures(folder));
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
