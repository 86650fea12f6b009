using Kagome.Crystals.Compositions;
using Kagome.Prototypes;

namespace Kagome;

/// <content>What there is to do for a formula.</content>
public sealed partial class CrystalPredictor
{
    /// <summary>Works out what there is to do for a formula, without doing it.</summary>
    /// <param name="formula">Such as NaCl or Ca3(PO4)2; one that is not reduced, such as Na4Cl4, is taken as the whole cell.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellation">Stops the search for what space groups allow, which may take minutes for many elements in large cells.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="FormulaException">The formula cannot be read.</exception>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="InputException">No cell of the formula can be sampled, or a predictor is needed and there is none.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is gone.</exception>
    public PredictionPlan Plan(
        string formula,
        PredictionOptions? options = null,
        CancellationToken cancellation = default
    ) => PlanWithout(formula, options, isLeftOut: null, isPrimitive: false, cancellation);

    /// <summary>Finds out whether a formula can be planned, in a fraction of the time: known structure types are asked only where they alone could answer.</summary>
    /// <remarks>Where known types are the only source, that they propose nothing shows in <see cref="Plan"/>.</remarks>
    /// <returns>All atoms of the formula, and of the whole cell where it is one.</returns>
    /// <inheritdoc cref="Plan" path="/param"/>
    /// <inheritdoc cref="Plan" path="/exception"/>
    public Composition Check(
        string formula,
        PredictionOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(formula);
        workers.ThrowIfDisposed();
        options ??= new PredictionOptions();
        RequireFittingPredictor(options);
        return PredictionPlanner.Check(formula, options, model, Prototypes, cancellation);
    }

    /// <inheritdoc cref="Plan"/>
    /// <param name="formula">As for any prediction.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="isLeftOut">Known crystals that propose nothing; null for none.</param>
    /// <param name="isPrimitive">Whether a cell that is asked for is a primitive one; else known structure types may also have it as the conventional one.</param>
    /// <param name="cancellation">Stops the search for what space groups allow.</param>
    internal PredictionPlan PlanWithout(
        string formula,
        PredictionOptions? options,
        Func<KnownCrystal, bool>? isLeftOut,
        bool isPrimitive,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(formula);
        workers.ThrowIfDisposed();
        options ??= new PredictionOptions();
        RequireFittingPredictor(options);
        return PredictionPlanner.Plan(
            formula,
            options,
            model,
            options.IsGuided ? Energies : null,
            Prototypes,
            isLeftOut,
            isPrimitive,
            cancellation
        );
    }

    /// <exception cref="InputException">A predictor is needed and there is none, or it does not fit the generator.</exception>
    private void RequireFittingPredictor(PredictionOptions options)
    {
        options.RequirePredictor(Energies is not null);
        if (options.IsGuided)
        {
            Generator(options); // a misfit should not show after hours of work
        }
    }
}
