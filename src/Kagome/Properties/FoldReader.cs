using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Energies;
using Kagome.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome;

/// <summary>Puts together what the folds of an ensemble say about crystals.</summary>
/// <param name="model">An ensemble.</param>
internal sealed class FoldReader(LoadedModel model)
{
    private readonly PropertyEnsemble ensemble = model.Checkpoint.Ensemble!;
    private readonly LinearModel[] occurrence = model.Checkpoint.Ensemble!.Occurrence is null
        ? []
        : [.. Enumerable.Range(0, model.Checkpoint.Ensemble.FoldCount).Select(fold => Occurrence(model, fold))];

    /// <summary>The property of each crystal.</summary>
    public IEnumerable<PropertyValue> Values(IReadOnlyList<Structure> batch)
    {
        CrystalReading[][] readings =
        [
            .. Enumerable
                .Range(0, ensemble.FoldCount)
                .Select(fold => CrystalReadings.Of(model.Network(fold: fold), batch)),
        ];
        return batch.Select((cell, at) => Value([.. readings.Select(fold => fold[at])], cell.Composition));
    }

    private PropertyValue Value(CrystalReading[] folds, Composition composition)
    {
        double[]? features = ensemble.Composition is null ? null : CompositionFeatures.Of(composition);
        (double mean, double spread) = PropertyEnsemble.Together([
            .. folds.Select(
                (reading, fold) =>
                    ensemble.Scalers[fold].Restore(reading.Energy)
                    + (features is null ? 0 : ensemble.Composition![fold].Value(features))
            ),
        ]);
        double error = ensemble.Calibration?.ExpectedError(spread) ?? ensemble.CrossValidation.MeanAbsoluteError;
        double? probability =
            occurrence.Length == 0
                ? null
                : folds.Zip(occurrence, (reading, odds) => 1 / (1 + Math.Exp(-odds.Value(reading.Features)))).Average();
        LabelTransform transform = ensemble.Transform;
        return new PropertyValue(
            transform.Invert(mean),
            transform.Invert(mean - error),
            transform.Invert(mean + error),
            spread,
            error,
            probability
        );
    }

    /// <summary>Log odds that a crystal has the property at all, by the features of a fold's network.</summary>
    private static LinearModel Occurrence(LoadedModel model, int fold)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> weights = EnsembleWeights.Of(fold, model.Checkpoint.Weights);
        return new LinearModel(
            CrystalReadings.Numbers(weights[EnsembleWeights.OccurrenceWeight]),
            weights[EnsembleWeights.OccurrenceBias].item<float>()
        );
    }
}
