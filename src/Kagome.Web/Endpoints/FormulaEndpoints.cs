using Kagome.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Kagome.Web.Endpoints;

/// <summary>Formulas that are checked while they are typed.</summary>
internal static class FormulaEndpoints
{
    public static void MapFormulas(this IEndpointRouteBuilder api) =>
        api.MapGet("/formulas/{formula}", Check)
            .WithTags("formulas")
            .WithSummary("What a formula says, and the cells that would be sampled.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .RequireRateLimiting(Line.Name);

    private static Ok<FormulaDescription> Check(
        string formula,
        int? max_atoms,
        CrystalPredictor predictor,
        WebLimits limits,
        CancellationToken cancellation
    )
    {
        JobRequest request = new()
        {
            Formula = formula,
            Candidates = CandidateSources.Generated,
            Steps = 1, // any: nothing is sampled
            MaxAtoms = max_atoms,
        };
        RequestLimits.Check(request, limits);
        try
        {
            PredictionPlan plan = predictor.Plan(formula, request.ToOptions(), cancellation);
            return TypedResults.Ok(FormulaDescription.Of(plan.Formula, plan.Composition, plan.Cells, plan.Concerns));
        }
        catch (InputException nothing)
        {
            Crystals.Compositions.Composition composition = Crystals.Compositions.FormulaParser.Parse(formula); // known types may still have one
            return TypedResults.Ok(FormulaDescription.Of(formula, composition, [], [OptionWords.Reword(nothing)]));
        }
    }

    /// <param name="Formula">As it was given.</param>
    /// <param name="ReducedFormula">Of one formula unit.</param>
    /// <param name="Elements">With their counts in the formula.</param>
    /// <param name="Cells">Those that would be sampled; empty where the generator can make none.</param>
    /// <param name="Remarks">What to doubt, a sentence each.</param>
    internal sealed record FormulaDescription(
        string Formula,
        string ReducedFormula,
        IReadOnlyList<ElementCount> Elements,
        IReadOnlyList<CellDescription> Cells,
        IReadOnlyList<string> Remarks
    )
    {
        public static FormulaDescription Of(
            string formula,
            Crystals.Compositions.Composition composition,
            IEnumerable<PlannedCell> cells,
            IEnumerable<string> remarks
        ) =>
            new(
                formula,
                composition.ReducedFormula,
                [
                    .. composition.Counts.Select(pair => new ElementCount(
                        pair.Key.Symbol,
                        pair.Key.Data.Name,
                        pair.Value
                    )),
                ],
                [
                    .. cells.Select(cell => new CellDescription(
                        cell.FormulaUnits,
                        cell.Composition.AtomCount,
                        cell.Composition.Formula
                    )),
                ],
                [.. remarks.Select(OptionWords.Reword)]
            );
    }

    internal sealed record ElementCount(string Symbol, string Name, int Count);

    internal sealed record CellDescription(int FormulaUnits, int Atoms, string Composition);
}
