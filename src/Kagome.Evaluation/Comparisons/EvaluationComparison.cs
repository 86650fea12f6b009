using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Evaluation.Comparisons;

/// <summary>Puts finished evaluations side by side.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public static class EvaluationComparison
{
    /// <summary>Reads finished evaluations, each with its differences to the first, crystal by crystal.</summary>
    /// <param name="folders">At least one folder of an evaluation.</param>
    /// <param name="predictor">Asked for the energy of every structure; null for no energies.</param>
    /// <param name="progress">Hears how many energies are done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="InputException">A folder holds no finished evaluation.</exception>
    public static async Task<IReadOnlyList<ComparedEvaluation>> ReadAsync(
        IReadOnlyList<string> folders,
        EnergyPredictor? predictor = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(folders);
        EvaluationFolder[] evaluations = [.. folders.Select(path => new EvaluationFolder(path))];
        EvaluationSummary[] summaries = [.. evaluations.Select(folder => folder.ReadSummary())];
        List<Dictionary<(string, int), SampleOutcome>> outcomes = [];
        foreach (EvaluationFolder folder in evaluations)
        {
            Dictionary<(string, int), double> energies = predictor is null
                ? []
                : await EnergiesAsync(folder.Structures, predictor, progress, cancellation).ConfigureAwait(false);
            outcomes.Add(Outcomes(folder, energies));
        }

        return
        [
            .. evaluations.Select(
                (folder, at) =>
                    new ComparedEvaluation(
                        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Root))),
                        summaries[at],
                        at > 0 ? PairedDifference.Of(outcomes[0], outcomes[at], summaries[0].Origin.Seed) : null
                    )
            ),
        ];
    }

    private static Dictionary<(string, int), SampleOutcome> Outcomes(
        EvaluationFolder folder,
        Dictionary<(string, int), double> energies
    ) =>
        EvaluationJournal
            .ReadScores(folder.Results)
            .ToDictionary(
                score => (score.Id, score.Sample),
                score => new SampleOutcome(
                    score.Rms is not null,
                    score.IsStructureValid,
                    energies.TryGetValue((score.Id, score.Sample), out double energy) ? energy : null
                )
            );

    private static async Task<Dictionary<(string, int), double>> EnergiesAsync(
        string path,
        EnergyPredictor predictor,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        Dictionary<(string, int), double> energies = [];
        IEnumerable<CrystalRecord> structures = new CrystalReader(path).Read(cancellation);
        await foreach (
            EnergyPrediction prediction in predictor
                .PredictAsync(structures, progress, cancellation)
                .ConfigureAwait(false)
        )
        {
            if (prediction.Energy is { } energy)
            {
                CrystalRecord structure = prediction.Crystal;
                energies[(structure.Id, (int)structure.Labels[EvaluationJournal.SampleLabel])] = energy;
            }
        }

        return energies;
    }
}

/// <summary>A finished evaluation among others.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Summary">Its figures.</param>
/// <param name="ToFirst">What it has over the first of them, crystal by crystal; null for the first, and where they share none.</param>
public sealed record ComparedEvaluation(string Name, EvaluationSummary Summary, PairedDifference? ToFirst = null)
{
    /// <summary>The model that sampled, or the predictions that were scored.</summary>
    public string Subject => Summary.Origin.Model ?? Summary.Origin.Predictions ?? Name;

    /// <summary>Time of all threads for each structure; null where none were sampled.</summary>
    public double? SecondsPerStructure =>
        Summary.Origin.Steps is null
            ? null
            : Summary.SecondsSampling / (Summary.Overall.Crystals * Summary.Origin.Samples);
}
