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
    /// <param name="cancellation">Stops between batches.</param>
    public static Dictionary<(string Id, int Sample), SampleOutcome> Read(
        EvaluationFolder folder,
        EnergyModel? predictor,
        CancellationToken cancellation
    )
    {
        Dictionary<(string, int), double> energies = predictor is null
            ? []
            : Energies(folder.Structures, predictor, cancellation);
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
        CancellationToken cancellation
    )
    {
        CrystalRecord[] records = [.. DataSet.Read(path).Records(_ => { })];
        JudgedCell[] cells = [.. records.Select(record => predictor.CellOf(record.Structure, cancellation))];
        int[] judged = [.. Enumerable.Range(0, records.Length).Where(at => cells[at].Problem is null)];
        double[] energies = predictor.Energies([.. judged.Select(at => cells[at].Cell)], cancellation: cancellation);
        return judged
            .Zip(energies)
            .ToDictionary(
                pair => (records[pair.First].Id, (int)records[pair.First].Labels[SampleLabel]),
                pair => pair.Second
            );
    }
}
