using System.Collections.Immutable;
using Kagome.Cli.Output;
using Kagome.Cli.Prediction;
using Kagome.Core.Structures;

namespace Kagome.Cli.Properties;

/// <summary>The best predicted structures of formulas: one of each crystal, best first.</summary>
internal static class FormulaStructures
{
    /// <summary>As a label of the records: predicted energy above hull, in eV/atom.</summary>
    public const string EnergyLabel = "predicted_e_hull";

    /// <exception cref="BadInputException">A target is neither a file nor a formula, or a model is not there.</exception>
    public static IReadOnlyList<CrystalRecord> Predict(
        PredictSettings settings,
        int best,
        CommandStreams streams,
        CancellationToken cancellation
    ) =>
        [
            .. Prediction
                .Predict.Candidates(settings, streams.Error, cancellation)
                .SelectMany(formula =>
                    formula
                        .Ranked.Where(candidate => candidate is { IsValid: true, IsRepresentative: true })
                        .Take(best)
                        .Select(candidate => Record(formula.Target, candidate))
                ),
        ];

    private static CrystalRecord Record(PredictionTarget target, Candidate candidate) =>
        new($"{target.Formula} #{candidate.Rank}", candidate.Structure!)
        {
            Labels = candidate.Energy is { } energy
                ? ImmutableSortedDictionary<string, double>.Empty.Add(EnergyLabel, energy)
                : ImmutableSortedDictionary<string, double>.Empty,
        };
}
