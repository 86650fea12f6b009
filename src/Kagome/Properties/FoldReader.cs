using Kagome.Crystals.Structures;
using Kagome.Energies;
using Kagome.Models;

namespace Kagome;

/// <summary>Puts together what the folds of an ensemble say about crystals.</summary>
/// <param name="model">An ensemble.</param>
internal sealed class FoldReader(LoadedModel model)
{
    /// <summary>Where nothing was calibrated: so many mean errors hold 80 % of errors that fall off exponentially, ln 5.</summary>
    private const double ExponentialRange = 1.61;

    private readonly PropertyEnsemble ensemble = model.Checkpoint.Ensemble!;

    /// <summary>The property of each crystal.</summary>
    public IEnumerable<PropertyValue> Values(IReadOnlyList<Structure> batch)
    {
        double[][] energies =
        [
            .. Enumerable
                .Range(0, ensemble.FoldCount)
                .Select(fold => CrystalReadings.Of(model.Network(fold: fold), batch)),
        ];
        return batch.Select(
            (cell, at) => Value([.. energies.Select(fold => fold[at])], CompositionFeatures.Of(cell.Composition))
        );
    }

    private PropertyValue Value(double[] energies, double[] composition)
    {
        (double mean, double spread) = PropertyEnsemble.Together([
            .. energies.Select(
                (energy, fold) =>
                    ensemble.Scalers[fold].Restore(energy)
                    + (ensemble.CompositionForests?[fold].Value(composition) ?? 0)
            ),
        ]);
        double error = ensemble.Calibration?.ExpectedError(spread) ?? ensemble.CrossValidation.MeanAbsoluteError;
        double range = error * (ensemble.Calibration?.RangeFactor ?? ExponentialRange);
        LabelTransform transform = ensemble.Transform;
        return new PropertyValue(
            transform.Invert(mean),
            transform.Invert(mean - range),
            transform.Invert(mean + range),
            spread,
            error,
            ensemble.OccurrenceForests?.Average(forest => forest.Value(composition))
        );
    }
}
