using Kagome.Models;
using Kagome.Prototypes;

namespace Kagome.Campaigns;

/// <summary>Predicts single formulas of a campaign; those that cannot be predicted give a result, too, which says why.</summary>
/// <param name="predictor">Of the campaign's models.</param>
/// <param name="settings">Of the campaign.</param>
internal sealed class FormulaPredictor(CrystalPredictor predictor, CampaignSettings settings)
{
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<FormulaResult> PredictAsync(CampaignFormula formula, CancellationToken cancellation)
    {
        try
        {
            PredictionPlan plan = predictor.Plan(
                formula.Formula,
                settings.Prediction with
                {
                    AtomCount = formula.Atoms,
                },
                cancellation
            );
            Prediction prediction = await predictor
                .PredictAsync(plan, cancellation: cancellation)
                .ConfigureAwait(false);
            return FormulaResult.Of(formula, prediction, settings.Crystals);
        }
        catch (KagomeException exception)
            when (exception is not (CheckpointException or PrototypeLibraryException or LibtorchException))
        {
            return FormulaResult.Failed(formula, exception);
        }
    }
}
