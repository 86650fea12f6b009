using Kagome.Crystals.Structures;
using Kagome.Energies;
using Kagome.Models;
using Kagome.Processes.Flow;
using Kagome.Work;
using Microsoft.Extensions.Logging;

namespace Kagome;

/// <summary>Energies of crystals and their relaxation: DAO-P at work.</summary>
/// <remarks>
/// Every crystal is looked at in its primitive Niggli cell, so that all descriptions of it get the same answer. Safe to use from several
/// threads, which share its workers in turn. Dispose of it when no work is under way: work that is ends with an <see cref="OperationCanceledException"/>.
/// </remarks>
public sealed class EnergyPredictor : IDisposable
{
    /// <summary>What the shipped predictor predicts, as its file says, and as data sets name it.</summary>
    private const string EnergyAboveHull = "energy above hull";

    private readonly LoadedModel model;
    private readonly WorkerThreads workers;
    private readonly bool ownsWorkers;
    private readonly LabelScaler scaler;
    private volatile bool isDisposed;

    private EnergyPredictor(LoadedModel model, LabelScaler scaler, int? threads, WorkerThreads? shared)
    {
        (this.model, this.scaler, ownsWorkers) = (model, scaler, shared is null);
        workers = shared ?? new WorkerThreads(threads ?? model.WorkerCount) { Owner = typeof(EnergyPredictor) };
    }

    /// <summary>The model's name.</summary>
    public string Name => model.Name;

    /// <summary>What <c>sha256sum</c> prints of the model's file.</summary>
    public string Checksum => model.Checksum;

    /// <summary>What is predicted, such as energy above hull.</summary>
    public string Quantity => scaler.LabelName;

    /// <summary>What it is predicted in, such as eV/atom.</summary>
    public string Unit => scaler.Unit;

    /// <summary>What data sets call it, such as e_hull.</summary>
    public string Label => scaler.LabelName == EnergyAboveHull ? Labels.EnergyAboveHull : scaler.LabelName;

    /// <summary>Loads the predictor of the options; kagome-p where none is named.</summary>
    /// <exception cref="InputException">There is no such model, or it predicts no energies.</exception>
    /// <exception cref="OptionException">There is no such device.</exception>
    /// <exception cref="CheckpointException">The model's file is damaged.</exception>
    public static EnergyPredictor Load(ModelOptions? options = null) =>
        Load(options ?? new ModelOptions(), workers: null);

    /// <param name="options">Its threads are ignored where there are workers.</param>
    /// <param name="workers">Those of an owner that outlives this predictor; null for its own.</param>
    internal static EnergyPredictor Load(ModelOptions options, WorkerThreads? workers)
    {
        options.Validate();
        ModelCatalog catalog = options.Catalog;
        if (options.Predictor is null && !catalog.Contains(ModelOptions.DefaultPredictor))
        {
            throw new InputException(
                $"No predictor came with this program ({ModelOptions.DefaultPredictor} is not in {catalog.Folder}). Train one with `kagome train predictor`, and give its model.safetensors."
            );
        }

        LoadedModel loaded = LoadedModel.Load(
            catalog,
            options.Predictor ?? ModelOptions.DefaultPredictor,
            ModelKind.Predictor,
            options.Device
        );
        if (loaded.Checkpoint is { LabelScaler: { } labels, Network.HasEnergyHead: true })
        {
            options
                .Loggers.CreateLogger<EnergyPredictor>()
                .LogInformation(
                    "Loaded {Model} ({Checksum}) on {Device}",
                    loaded.Name,
                    loaded.Checksum,
                    options.Device
                );
            return new EnergyPredictor(loaded, labels, options.Threads, workers);
        }

        loaded.Dispose();
        throw new InputException(
            $"Model {loaded.Name} has no energy head or no label scale, so that its energies have no unit. Import it with its label scaler.",
            options.Predictor
        );
    }

    /// <summary>What to doubt in what the model says about a cell; empty where nothing.</summary>
    public IReadOnlyList<string> Concerns(Structure cell) => model.Domain.Concerns(cell.Composition);

    /// <summary>Predicts the energy of each crystal, in their order.</summary>
    /// <param name="crystals">Read as they are needed; data sets of any length take little memory.</param>
    /// <param name="progress">Hears how many crystals are done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <param name="journals">
    /// A folder that finished units of <see cref="CrystalUnits.Size"/> crystals are kept in: the same work with the same folder goes on where it was
    /// stopped. Null for none.
    /// </param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IAsyncEnumerable<EnergyPrediction> PredictAsync(
        IEnumerable<CrystalRecord> crystals,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default,
        string? journals = null
    )
    {
        ArgumentNullException.ThrowIfNull(crystals);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        CrystalUnits<double?, EnergyPrediction> units = new(
            "energies",
            model,
            workers,
            BatchPacker.EvaluationAtoms,
            EnergiesAsync,
            (crystal, cell, energy) =>
                new EnergyPrediction(
                    crystal,
                    cell.Cell,
                    energy,
                    Labels.Number(crystal, Label),
                    Concerns(cell.Cell),
                    cell.Problem
                )
        );
        return units.RunAsync(crystals, progress, journals, options: null, cancellation);
    }

    /// <summary>Predicts the energy of one crystal.</summary>
    /// <returns>In <see cref="Unit"/>; null where the model can say nothing about it.</returns>
    public async Task<double?> PredictAsync(Structure structure, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return (
            await EnergiesAsync([model.Prepare(structure, cancellation)], null, cancellation).ConfigureAwait(false)
        )[0];
    }

    /// <summary>Relaxes each crystal by the gradients of the predicted energy, in their order.</summary>
    /// <param name="crystals">Read as they are needed; data sets of any length take little memory.</param>
    /// <param name="options">How to go; null for the defaults.</param>
    /// <param name="progress">Hears how many crystals are done.</param>
    /// <param name="cancellation">Stops between evaluations.</param>
    /// <param name="journals">
    /// A folder that finished units of <see cref="CrystalUnits.Size"/> crystals are kept in: the same work with the same folder goes on where it was
    /// stopped. Null for none.
    /// </param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IAsyncEnumerable<RelaxationResult> RelaxAsync(
        IEnumerable<CrystalRecord> crystals,
        RelaxationOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default,
        string? journals = null
    )
    {
        ArgumentNullException.ThrowIfNull(crystals);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        options ??= new RelaxationOptions();
        options.Validate();
        CrystalUnits<RelaxedCrystal?, RelaxationResult> units = new(
            "relaxation",
            model,
            workers,
            BatchPacker.RelaxationAtoms,
            (cells, counter, stop) => RelaxAsync(cells, options, counter, stop),
            (crystal, cell, relaxed) => RelaxationResult.Of(crystal, cell, relaxed, Concerns(cell.Cell), cancellation)
        );
        return units.RunAsync(crystals, progress, journals, options, cancellation);
    }

    /// <summary>Frees the model; work that is under way ends with an <see cref="OperationCanceledException"/>.</summary>
    public void Dispose()
    {
        if (ownsWorkers)
        {
            workers.Dispose();
        }

        isDisposed = true;
        model.Dispose();
    }

    /// <summary>Guidance of a generator.</summary>
    /// <exception cref="InputException">The two models learned different noise.</exception>
    internal CrystalGuidance Guide(LoadedModel generator, double coordinateWeight, double latticeWeight) =>
        model.Checkpoint.Process == generator.Checkpoint.Process
            ? new CrystalGuidance(model.Network(), coordinateWeight, latticeWeight)
        : generator.Checkpoint.Process is FlowConfiguration
            ? throw new InputException(
                $"{generator.Name} is a flow, and {Name} learned the noise of diffusion; expected the same where one guides the other. Sample without guidance, or with a generator of diffusion such as kagome-g."
            )
        : throw new InputException(
            $"{Name} learned the noise {model.Checkpoint.Process}, {generator.Name} the noise {generator.Checkpoint.Process}; expected the same where one guides the other."
        );

    /// <summary>Energies of crystals in the order given; null where a cell has a problem.</summary>
    internal async Task<double?[]> EnergiesAsync(
        IReadOnlyList<PreparedCell> cells,
        ProgressCounter? counter,
        CancellationToken cancellation
    )
    {
        double?[] energies = await workers
            .MapAsync(
                model,
                BatchPacker.EvaluationAtoms,
                cells,
                (batch, _) => CrystalReadings.Of(model.Network(), batch).Cast<double?>(),
                counter,
                cancellation
            )
            .ConfigureAwait(false);
        return [.. energies.Select(energy => energy is { } read ? scaler.Restore(read) : (double?)null)];
    }

    /// <summary>Relaxes crystals from the cells that they are given in; null where there is a problem.</summary>
    /// <returns>Energies in <see cref="Unit"/>.</returns>
    internal async Task<RelaxedCrystal?[]> RelaxAsync(
        IReadOnlyList<PreparedCell> cells,
        RelaxationOptions options,
        ProgressCounter? counter,
        CancellationToken cancellation
    )
    {
        RelaxedCrystal?[] relaxed = await workers
            .MapAsync(
                model,
                BatchPacker.RelaxationAtoms,
                cells,
                (batch, stop) => new CrystalRelaxer(model.Network(), options).Relax(batch, stop),
                counter,
                cancellation
            )
            .ConfigureAwait(false);
        return
        [
            .. relaxed.Select(crystal =>
                crystal is null
                    ? null
                    : crystal with
                    {
                        EnergyBefore = scaler.Restore(crystal.EnergyBefore),
                        EnergyAfter = scaler.Restore(crystal.EnergyAfter),
                    }
            ),
        ];
    }

    internal PreparedCell[] Prepare(IReadOnlyList<CrystalRecord> crystals, CancellationToken cancellation) =>
        model.Domain.Prepare(crystals, cancellation);
}

/// <summary>What a predictor says about a crystal.</summary>
/// <param name="Crystal">As it was given.</param>
/// <param name="Cell">The cell that was looked at.</param>
/// <param name="Energy">In the predictor's unit; null where it can say nothing.</param>
/// <param name="KnownEnergy">What the data say; null where they say nothing.</param>
/// <param name="Concerns">Why the energy may be far off; empty where nothing speaks for that.</param>
/// <param name="Problem">Why there is no energy; null where there is one.</param>
public sealed record EnergyPrediction(
    CrystalRecord Crystal,
    Structure Cell,
    double? Energy,
    double? KnownEnergy,
    IReadOnlyList<string> Concerns,
    string? Problem
);
