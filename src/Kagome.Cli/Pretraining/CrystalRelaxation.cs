using Kagome.Cli.Energies;
using Kagome.Cli.Output;
using Kagome.Cli.Relaxation;
using Kagome.Core.Structures;
using Kagome.Formats;
using Kagome.Sampling.Relaxation;
using Kagome.Training.Pretraining;

namespace Kagome.Cli.Pretraining;

/// <summary>Relaxes the unstable crystals by DAO-P, shard by shard: a shard that is written is not done again.</summary>
/// <param name="recipe">Which crystals, and how.</param>
/// <param name="data">Folder of the shards.</param>
/// <param name="predictor">DAO-P.</param>
/// <param name="device">cpu or cuda.</param>
/// <param name="error">For progress.</param>
internal sealed class CrystalRelaxation(
    PretrainingRecipe recipe,
    string data,
    string predictor,
    string device,
    TextWriter error
) : IStage
{
    public string Name => "relaxation";

    public SortedDictionary<string, string> Inputs() =>
        new(StringComparer.Ordinal)
        {
            ["crystals"] = ContentHash.Of(CrystalShards.Sums(data)),
            ["predictor"] = ContentHash.Of(predictor),
            ["relaxation"] = JsonText.Format(recipe.Relaxation),
            ["label"] = recipe.Predictor.Energy.Label,
        };

    public StageResult Run(string folder, CancellationToken cancellation)
    {
        using EnergyModel model = EnergyModel.Load(predictor, device);
        using (CrystalProgress progress = new(error, Name))
        {
            foreach (string shard in CrystalShards.Of(data))
            {
                string target = Path.Combine(folder, Path.GetFileName(shard));
                if (!File.Exists(target))
                {
                    DataSet.Write(target, Relax(CrystalShards.Read(shard), model, progress, cancellation));
                }
            }
        }

        return new StageResult(CrystalShards.Sums(folder), Figures(folder));
    }

    private CrystalRecord[] Relax(
        CrystalRecord[] records,
        EnergyModel model,
        CrystalProgress progress,
        CancellationToken cancellation
    )
    {
        int[] places = [.. Enumerable.Range(0, records.Length).Where(at => IsRelaxed(records[at]))];
        progress.Add(places.Length);
        RelaxationReport[] reports = RelaxCrystals.Relax(
            [.. places.Select(at => records[at])],
            model,
            new RelaxationSettings { Iterations = recipe.Relaxation.Iterations },
            progress,
            cancellation
        );
        foreach ((int at, RelaxationReport report) in places.Zip(reports))
        {
            records[at] = report.Relabel(records[at]);
        }

        return records;
    }

    private bool IsRelaxed(CrystalRecord record) =>
        record.Labels.TryGetValue(recipe.Predictor.Energy.Label, out double energy)
        && recipe.Relaxation.Relaxes(energy);

    /// <summary>From the files, so that they hold for shards of earlier sessions too.</summary>
    private SortedDictionary<string, double> Figures(string folder)
    {
        int unstable = 0;
        List<double> changes = [];
        foreach (CrystalRecord record in CrystalShards.Of(folder).SelectMany(CrystalShards.Read).Where(IsRelaxed))
        {
            unstable++;
            if (RelaxationReport.EnergyChange(record) is { } change)
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
