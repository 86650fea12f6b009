using Kagome.Prototypes;

namespace Kagome.Output;

/// <summary>The known crystal that a candidate was made from, as JSON gives it.</summary>
/// <param name="Id">Its name in its source, such as mp-4651.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Formula">Its formula, such as CaTiO3.</param>
/// <param name="Replaced">Its elements that others take the place of, with these; empty where the crystal itself is known.</param>
/// <param name="Distance">How different the elements are; 0 for the same.</param>
/// <param name="Votes">How many known crystals make the candidate.</param>
public sealed record TemplateDocument(
    string Id,
    string Source,
    string Formula,
    IReadOnlyDictionary<string, string> Replaced,
    double Distance,
    int Votes
)
{
    /// <summary>What JSON says of a proposal's template, its distance rounded to four decimals; null for null, where the candidate was generated.</summary>
    public static TemplateDocument? Of(Proposal? proposal) =>
        proposal is null
            ? null
            : new(
                proposal.Template.Id,
                proposal.Template.Source,
                proposal.Template.ReducedFormula,
                proposal.Substitutions.ToDictionary(
                    substitution => substitution.From.Symbol,
                    substitution => substitution.To.Symbol
                ),
                Math.Round(proposal.Distance, 4),
                proposal.Votes
            );
}
