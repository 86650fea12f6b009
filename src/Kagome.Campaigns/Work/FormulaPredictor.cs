using System.Runtime.InteropServices;
using Kagome.Models;
using Kagome.Prototypes;

namespace Kagome.Campaigns;

/// <summary>Predicts single formulas of a campaign; those that cannot be predicted give a result, too, which says why.</summary>
/// <param name="predictor">Of the campaign's models.</param>
/// <param name="settings">Of the campaign.</param>
internal sealed class FormulaPredictor(CrystalPredictor predictor, CampaignSettings settings)
{
    /// <summary>See <see cref="RunPatientlyAsync"/>.</summary>
    private const int MostAttempts = 3;

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
                }
            );
            Prediction prediction = await RunPatientlyAsync(plan, cancellation).ConfigureAwait(false);
            return FormulaResult.Of(formula, prediction, settings.Crystals);
        }
        catch (KagomeException exception)
            when (exception is not (CheckpointException or PrototypeLibraryException or LibtorchException))
        {
            return FormulaResult.Failed(formula, exception);
        }
    }

    /// <summary>Predicts again after an error of libtorch, such as memory that others had for a moment: it is none of the formula's, and what is predicted afterwards is the same.</summary>
    private async Task<Prediction> RunPatientlyAsync(PredictionPlan plan, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await predictor.PredictAsync(plan, cancellation: cancellation).ConfigureAwait(false);
            }
            catch (ExternalException) when (attempt < MostAttempts)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }
}
