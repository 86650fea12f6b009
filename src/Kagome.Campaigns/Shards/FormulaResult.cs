using System.Text.Json.Serialization;
using Kagome.Crystals.Structures;
using Kagome.Output;

namespace Kagome.Campaigns;

/// <summary>What came of a formula of a campaign: a line of a shard's file.</summary>
/// <remarks>Nothing in it depends on when, where or how fast it was worked out.</remarks>
/// <param name="Index">The formula's place among all, from 0.</param>
/// <param name="Formula">One formula unit.</param>
/// <param name="Atoms">Of the whole cell; null where the plausible cells were tried.</param>
/// <param name="Problem">Why no structure was predicted; null where some were.</param>
/// <param name="Candidates">How many there were, those without a valid structure included.</param>
/// <param name="Valid">How many of them were valid.</param>
/// <param name="Distinct">How many different crystals the valid ones were.</param>
/// <param name="Crystals">The best of these, best first.</param>
/// <param name="Concerns">Why the prediction is a guess.</param>
public sealed record FormulaResult(
    int Index,
    string Formula,
    int? Atoms,
    FormulaProblem? Problem,
    int Candidates,
    int Valid,
    int Distinct,
    IReadOnlyList<FormulaResult.Crystal> Crystals,
    [property: JsonPropertyName("cautions")] IReadOnlyList<string> Concerns
)
{
    /// <summary>A predicted crystal.</summary>
    /// <param name="Entry">What candidates.json says of it.</param>
    /// <param name="Structure">The crystal itself.</param>
    public sealed record Crystal(PredictionDocument.Entry Entry, Structure Structure);

    /// <summary>What came of a prediction.</summary>
    /// <param name="formula">What was predicted.</param>
    /// <param name="prediction">All of its candidates.</param>
    /// <param name="most">How many crystals are kept.</param>
    internal static FormulaResult Of(CampaignFormula formula, Prediction prediction, int most)
    {
        Dictionary<int, PredictionDocument.Entry> entries = PredictionDocument
            .Of(prediction)
            .Candidates.ToDictionary(entry => entry.Rank);
        Candidate[] crystals = [.. prediction.Crystals.Where(candidate => candidate.IsValid)];
        return new FormulaResult(
            formula.Index,
            formula.Formula,
            formula.Atoms,
            crystals.Length > 0 ? null : Nothing(prediction),
            prediction.Candidates.Count + prediction.Failures.Count,
            prediction.Candidates.Count(candidate => candidate.IsValid),
            crystals.Length,
            [.. crystals.Take(most).Select(candidate => new Crystal(entries[candidate.Rank], candidate.Structure))],
            prediction.Concerns
        );
    }

    /// <summary>A formula that could not be predicted.</summary>
    internal static FormulaResult Failed(CampaignFormula formula, KagomeException exception) =>
        new(
            formula.Index,
            formula.Formula,
            formula.Atoms,
            exception is OptionException option
                ? new FormulaProblem(option.Message, [option.Option])
                : new FormulaProblem(exception.Message, (exception as InputException)?.Options ?? []),
            0,
            0,
            0,
            [],
            []
        );

    private static FormulaProblem Nothing(Prediction prediction)
    {
        string? reason = prediction
            .Failures.Select(failure => failure.Problem)
            .Concat(prediction.Candidates.Select(candidate => candidate.Problem))
            .OfType<string>()
            .CountBy(problem => problem)
            .OrderByDescending(problem => problem.Value)
            .ThenBy(problem => problem.Key, StringComparer.Ordinal)
            .Select(problem => problem.Key)
            .FirstOrDefault();
        return new FormulaProblem(
            reason is null ? "no candidate was found" : $"no candidate is a valid structure: {reason}",
            []
        );
    }
}

/// <summary>Why a formula came to nothing.</summary>
/// <param name="Message">In words.</param>
/// <param name="Options">Names of options that stand in it.</param>
public sealed record FormulaProblem(string Message, IReadOnlyList<string> Options);
