using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Work;

namespace Kagome;

/// <summary>A property of crystals, such as a superconductor's critical temperature, with its uncertainty: an ensemble at work.</summary>
/// <remarks>
/// <para>
/// The value is the mean of the ensemble's networks; the range that holds 80 % of such crystals comes from how far they disagree, as measured on crystals
/// that none of them had seen. Every crystal is looked at in its primitive Niggli cell, so that all descriptions of it get the same answer.
/// </para>
/// <para>
/// Safe to use from several threads, which share its workers in turn. Dispose of it when no work is under way: work that is ends with an
/// <see cref="OperationCanceledException"/>.
/// </para>
/// </remarks>
public sealed class PropertyPredictor : IDisposable
{
    /// <summary>Critical temperatures of superconductors, in K.</summary>
    public const string DefaultModel = "kagome-tc";

    private readonly LoadedModel model;
    private readonly FoldReader reader;
    private readonly WorkerThreads workers;

    private PropertyPredictor(LoadedModel model, int? threads)
    {
        (this.model, reader) = (model, new FoldReader(model));
        workers = new WorkerThreads(threads ?? model.WorkerCount) { Owner = typeof(PropertyPredictor) };
    }

    /// <summary>The model's name.</summary>
    public string Name => model.Name;

    /// <summary>What <c>sha256sum</c> prints of the model's file.</summary>
    public string Checksum => model.Checksum;

    /// <summary>What data sets call the property, such as tc.</summary>
    public string Label => Ensemble.Label;

    /// <summary>What it is predicted in, such as K.</summary>
    public string Unit => Ensemble.Unit;

    /// <summary>What the networks learned: the label itself or its logarithm.</summary>
    public LabelTransform Transform => Ensemble.Transform;

    /// <summary>Networks of the ensemble, one for each fold of the cross-validation.</summary>
    public int FoldCount => Ensemble.FoldCount;

    /// <summary>How far the networks were off on formulas that they did not learn from.</summary>
    public CrossValidationScores CrossValidation => Ensemble.CrossValidation;

    /// <summary>What error to expect where the networks disagree; null where that was not measured.</summary>
    public SpreadCalibration? Calibration => Ensemble.Calibration;

    /// <summary>How well the networks tell whether a crystal has the property at all; null where they cannot.</summary>
    public OccurrenceScores? Occurrence => Ensemble.Occurrence;

    private PropertyEnsemble Ensemble => model.Checkpoint.Ensemble!;

    /// <summary>Loads an ensemble: kagome-tc where none is named.</summary>
    /// <param name="model">A name or the path of a file.</param>
    /// <param name="options">Folder, device and threads; its other models are ignored. Null for the defaults.</param>
    /// <exception cref="InputException">There is no such model, or it is no ensemble.</exception>
    /// <exception cref="OptionException">There is no such device.</exception>
    /// <exception cref="CheckpointException">The model's file is damaged, or a fold is missing.</exception>
    public static PropertyPredictor Load(string model = DefaultModel, ModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new ModelOptions();
        options.Validate();
        ModelCatalog catalog = options.Catalog;
        if (model == DefaultModel && !File.Exists(model) && !catalog.Contains(model))
        {
            throw new InputException(
                $"{DefaultModel} did not come with this program (looked in {catalog.Folder}). Train it with the recipe kagome-tc, and give its model.safetensors.",
                model
            );
        }

        LoadedModel loaded = LoadedModel.Load(catalog, model, ModelKind.Property, options.Device);
        try
        {
            PropertyEnsemble? ensemble = loaded.Checkpoint.Ensemble;
            int asked =
                (ensemble?.CompositionForests ?? [])
                    .Concat(ensemble?.OccurrenceForests ?? [])
                    .Max(forest => (int?)forest.FeatureCount)
                ?? 0;
            return asked > CompositionFeatures.Count
                    ? throw new CheckpointException(
                        model,
                        $"its trees ask for {asked} features of a composition, and this Kagome knows {CompositionFeatures.Count}. Update Kagome, or get the file again."
                    )
                : ensemble is not null ? new PropertyPredictor(loaded, options.Threads)
                : throw new InputException(
                    $"{model} is one fold of an ensemble; expected the file with all folds, model.safetensors in the folder above. Resuming the training writes it when all folds are done.",
                    model
                );
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>What to doubt in what the model says about a cell; empty where nothing.</summary>
    public IReadOnlyList<string> Concerns(Structure cell) => model.Domain.Concerns(cell.Composition);

    /// <summary>Predicts the property of each crystal, in their order.</summary>
    /// <param name="crystals">Read as they are needed; data sets of any length take little memory.</param>
    /// <param name="progress">Hears how many crystals are done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <param name="journals">
    /// A folder that finished units of <see cref="CrystalUnits.Size"/> crystals are kept in: the same work with the same folder goes on where it was
    /// stopped. Null for none.
    /// </param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IAsyncEnumerable<PropertyPrediction> PredictAsync(
        IEnumerable<CrystalRecord> crystals,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default,
        string? journals = null
    )
    {
        ArgumentNullException.ThrowIfNull(crystals);
        workers.ThrowIfDisposed();
        CrystalUnits<PropertyValue?, PropertyPrediction> units = new(
            Label,
            model,
            workers,
            BatchPacker.EvaluationAtoms,
            ValuesAsync,
            (crystal, cell, value) =>
                new PropertyPrediction(
                    crystal,
                    cell.Cell,
                    value,
                    Labels.Number(crystal, Label),
                    Concerns(cell.Cell),
                    cell.Problem
                )
        );
        return units.RunAsync(crystals, progress, journals, options: null, cancellation);
    }

    /// <summary>Predicts the property of one crystal.</summary>
    /// <returns>Null where the model can say nothing about it.</returns>
    public async Task<PropertyValue?> PredictAsync(Structure structure, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(structure);
        PropertyValue?[] values = await ValuesAsync([model.Prepare(structure, cancellation)], null, cancellation)
            .ConfigureAwait(false);
        return values[0];
    }

    /// <summary>Predicts the property of the best structures of a formula: of each distinct valid crystal once, best first.</summary>
    /// <param name="prediction">The formula's structures, best first; relaxed ones are worth more.</param>
    /// <param name="best">Of how many, at most; at least 1.</param>
    /// <param name="progress">Hears how many crystals are done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>None where no candidate is valid.</returns>
    public async Task<IReadOnlyList<PropertyPrediction>> PredictAsync(
        Prediction prediction,
        int best = 3,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentOutOfRangeException.ThrowIfLessThan(best, 1);
        Candidate[] candidates = [.. prediction.Crystals.Where(candidate => candidate.IsValid).Take(best)];
        IEnumerable<CrystalRecord> crystals = candidates.Select(candidate => new CrystalRecord(
            $"{prediction.Formula} #{candidate.Rank}",
            candidate.Structure
        ));
        List<PropertyPrediction> found = [];
        await foreach (PropertyPrediction one in PredictAsync(crystals, progress, cancellation).ConfigureAwait(false))
        {
            Candidate candidate = candidates[found.Count];
            found.Add(one with { Candidate = candidate, EnergyAboveHull = candidate.EnergyAboveHull });
        }

        return found;
    }

    /// <summary>Frees the model; work that is under way ends with an <see cref="OperationCanceledException"/>.</summary>
    public void Dispose()
    {
        workers.Dispose();
        model.Dispose();
    }

    private Task<PropertyValue?[]> ValuesAsync(
        IReadOnlyList<PreparedCell> cells,
        ProgressCounter? counter,
        CancellationToken cancellation
    ) =>
        workers.MapAsync(
            model,
            BatchPacker.EvaluationAtoms,
            cells,
            (batch, _) => reader.Values(batch),
            counter,
            cancellation
        );
}

/// <summary>What an ensemble says about a crystal, and what it rests on.</summary>
/// <param name="Crystal">As it was given.</param>
/// <param name="Cell">The cell that was looked at.</param>
/// <param name="Property">Null where the model can say nothing.</param>
/// <param name="KnownValue">What the data say; null where they say nothing.</param>
/// <param name="Concerns">Why the value may be far off; empty where nothing speaks for that.</param>
/// <param name="Problem">Why there is no value; null where there is one.</param>
public sealed record PropertyPrediction(
    CrystalRecord Crystal,
    Structure Cell,
    PropertyValue? Property,
    double? KnownValue,
    IReadOnlyList<string> Concerns,
    string? Problem
)
{
    /// <summary>Predicted, in eV/atom; null where no predictor was asked.</summary>
    public double? EnergyAboveHull { get; init; }

    /// <summary>The candidate that the crystal is; null where it was not predicted.</summary>
    public Candidate? Candidate { get; init; }
}

/// <summary>A property of a crystal, by an ensemble.</summary>
/// <param name="Value">In the label's unit: the mean of the folds, of their logarithms where those are learned.</param>
/// <param name="Low">The lower end of the range that holds four of five labels.</param>
/// <param name="High">The upper end.</param>
/// <param name="Spread">Standard deviation over the folds, of what is learned.</param>
/// <param name="ExpectedError">Mean absolute error of such crystals, of what is learned.</param>
/// <param name="Probability">How likely the crystal has the property at all; null where the ensemble cannot tell.</param>
public sealed record PropertyValue(
    double Value,
    double Low,
    double High,
    double Spread,
    double ExpectedError,
    double? Probability
);
