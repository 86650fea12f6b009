using Kagome.Cli.Energies;
using Kagome.Core.Structures;
using Kagome.Evaluation.Metrics;
using Kagome.Formats;

namespace Kagome.Cli.Evaluation;

/// <summary>The samples of a finished evaluation, to be set against those of another.</summary>
internal static class ComparedSamples
{
    private const string SampleLabel = EvaluationJournal.SampleLabel;

    /// <param name="folder">Of the evaluation.</param>
    /// <param name="predictor">Asked of every valid structure; null for no energies.</param>
    /// <param name="error">For progress.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static Dictionary<(string Id, int Sample), SampleOutcome> Read(
        EvaluationFolder folder,
        EnergyModel? predictor,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        Dictionary<(string, int), double> energies = predictor is null
            ? []
            : Energies(folder.Structures, predictor, error, cancellation);
        return EvaluationJournal
            .ReadScores(folder.Results)
            .ToDictionary(
                score => (score.Id, score.Sample),
                score => new SampleOutcome(
                    score.Rms is not null,
                    score.StructureValid,
                    energies.TryGetValue((score.Id, score.Sample), out double energy) ? energy : null
                )
            );
    }

    private static Dictionary<(string, int), double> Energies(
        string path,
        EnergyModel predictor,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        CrystalRecord[] records = [.. DataSet.Read(path).Records(_ => { })];
        using CrystalProgress progress = new(error, "energies");
        return records
            .Zip(new EnergyJudge(predictor).Judge(records, progress, cancellation))
            .Where(pair => pair.Second.Energy is not null)
            .ToDictionary(
                pair => (pair.First.Id, (int)pair.First.Labels[SampleLabel]),
                pair => pair.Second.Energy!.Value
            );
    }
}
