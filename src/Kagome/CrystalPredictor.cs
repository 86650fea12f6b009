using System.Runtime.CompilerServices;
using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Processes;
using Kagome.Prototypes;
using Kagome.Work;
using Microsoft.Extensions.Logging;

namespace Kagome;

/// <summary>Predicts crystal structures: a formula in, ranked candidates out.</summary>
/// <remarks>
/// <para>
/// Known structure types propose structures of the formula and DAO-G samples others; DAO-P, where there is one, guides and relaxes them where that is asked for, and tells their
/// energies; candidates that are the same crystal are put together, and ranked by energy and by how often they were found.
/// </para>
/// <para>
/// Safe to use from several threads, which share its workers in turn. Dispose of it when no work is under way: work that is ends with an
/// <see cref="OperationCanceledException"/>. Same models, formula, options and seed on the same kind of processor: the same structures, on any
/// number of cores.
/// </para>
/// </remarks>
public sealed partial class CrystalPredictor : IDisposable
{
    private const int MovesBetweenFrames = 10;

    private readonly LoadedModel model;
    private readonly WorkerThreads workers;
    private readonly ILogger logger;

    private CrystalPredictor(
        LoadedModel model,
        EnergyPredictor? energies,
        KnownStructures? prototypes,
        WorkerThreads workers,
        ModelOptions options
    )
    {
        (this.model, this.workers, Energies, Prototypes) = (model, workers, energies, prototypes);
        logger = options.Loggers.CreateLogger<CrystalPredictor>();
        logger.LogInformation("Loaded {Model} ({Checksum}) on {Device}", Name, Checksum, options.Device);
    }

    /// <summary>The generator's name.</summary>
    public string Name => model.Name;

    /// <summary>What <c>sha256sum</c> prints of the generator's file.</summary>
    public string Checksum => model.Checksum;

    /// <summary>What the generator has learned to undo.</summary>
    internal ProcessConfiguration Process => model.Checkpoint.Process;

    /// <summary>What energies come from; null where there are none. It goes with this predictor.</summary>
    public EnergyPredictor? Energies { get; }

    /// <summary>Known structure types, the other source of candidates; null where there are none. They go with this predictor.</summary>
    public KnownStructures? Prototypes { get; }

    /// <summary>Loads models: those that came along, where none are named.</summary>
    /// <exception cref="InputException">There is no such model, or it is of another kind.</exception>
    /// <exception cref="OptionException">There is no such device.</exception>
    /// <exception cref="CheckpointException">A model's file is damaged.</exception>
    /// <exception cref="PrototypeLibraryException">A library of known structure types is damaged.</exception>
    public static CrystalPredictor Load(ModelOptions? options = null)
    {
        options ??= new ModelOptions();
        options.Validate();
        LoadedModel generator = LoadedModel.Load(
            options.Catalog,
            options.Generator,
            ModelKind.Generator,
            options.Device
        );
        EnergyPredictor? energies = null;
        WorkerThreads? shared = null;
        KnownStructures? prototypes = null;
        try
        {
            prototypes =
                options.Prototypes is not null || KnownStructures.IsAvailable
                    ? KnownStructures.Load(options.Prototypes)
                    : null;
            shared = new WorkerThreads(options.Threads ?? generator.WorkerCount) { Owner = typeof(CrystalPredictor) };
            bool hasEnergies =
                options.Predictor != ModelOptions.None
                && (options.Predictor is not null || options.Catalog.Contains(ModelOptions.DefaultPredictor));
            energies = hasEnergies ? EnergyPredictor.Load(options, shared) : null;
            return new CrystalPredictor(generator, energies, prototypes, shared, options);
        }
        catch
        {
            shared?.Dispose();
            energies?.Dispose();
            prototypes?.Dispose();
            generator.Dispose();
            throw;
        }
    }

    /// <summary>Predicts the structures of a formula.</summary>
    /// <param name="formula">Such as NaCl or Ca3(PO4)2; one that is not reduced, such as Na4Cl4, is taken as the whole cell.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Hears how many moves of atoms are done.</param>
    /// <param name="cancellation">Stops between the sampler's moves.</param>
    /// <inheritdoc cref="Plan" path="/exception"/>
    public Task<Prediction> PredictAsync(
        string formula,
        PredictionOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default
    ) => PredictAsync(Plan(formula, options, cancellation), progress, cancellation);

    /// <summary>Does what was planned.</summary>
    /// <param name="plan">From <see cref="Plan"/> of a predictor with the same models.</param>
    /// <param name="progress">Hears how many moves of atoms are done.</param>
    /// <param name="cancellation">Stops between the sampler's moves.</param>
    /// <param name="journals">A folder that finished units are kept in: the same plan with the same folder goes on where it was stopped. Null for none.</param>
    /// <param name="finished">Hears of each unit when it is done, for whoever shows results as they come; those of the journal first.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="InputException">Another process or call works on the same plan with the same folder.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or the disk is full.</exception>
    public async Task<Prediction> PredictAsync(
        PredictionPlan plan,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default,
        string? journals = null,
        IProgress<PredictionUnitResult>? finished = null
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        workers.ThrowIfDisposed();
        using WorkJournal<PredictionUnitResult>? journal = journals is null
            ? null
            : WorkJournal<PredictionUnitResult>.OpenForPlan(journals, plan.Fingerprint);
        ILookup<bool, PredictionUnit> units = plan.Units.ToLookup(unit => journal?.Contains(unit.Number) == true);
        PredictionUnit[] open = [.. units[false]];
        ProgressCounter counter = new(progress, plan.Formula, "atom moves", plan.Work);
        counter.Skip(units[true].Sum(unit => unit.AtomCount) * plan.Steps);
        logger.LogInformation(
            "Sampling {Formula}: {Samples} structures in {Units} units, {Open} of them open",
            plan.Formula,
            plan.Options.Samples,
            plan.Units.Count,
            open.Length
        );
        PredictionUnitResult[] kept = [.. units[true].Select(unit => journal!.Read(unit.Number))];
        Array.ForEach(kept, result => finished?.Report(result));
        PredictionUnitResult[] sampled = await workers
            .RunAsync(
                open,
                (unit, stop) =>
                {
                    PredictionUnitResult result = Sample(plan, unit, counter, stop);
                    journal?.Add(unit.Number, result);
                    finished?.Report(result);
                    return result;
                },
                cancellation
            )
            .ConfigureAwait(false);
        return await MergeAsync(plan, kept.Concat(sampled), cancellation).ConfigureAwait(false);
    }

    /// <summary>Does one unit of a plan, for whoever hands units out: a queue, or a job array.</summary>
    /// <param name="plan">From <see cref="Plan"/> of a predictor with the same models, in any process.</param>
    /// <param name="unit">The unit's number.</param>
    /// <param name="cancellation">Stops between the sampler's moves.</param>
    public async Task<PredictionUnitResult> RunUnitAsync(
        PredictionPlan plan,
        int unit,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (unit < 0 || unit >= plan.Units.Count)
        {
            throw new InputException($"{plan.Formula} has no unit {unit}; expected 0 to {plan.Units.Count - 1}.", unit);
        }

        ProgressCounter silent = new(null, plan.Formula, "atom moves");
        PredictionUnitResult[] results = await workers
            .RunAsync([plan.Units[unit]], (only, stop) => Sample(plan, only, silent, stop), cancellation)
            .ConfigureAwait(false);
        return results[0];
    }

    /// <summary>Puts the results of all units together: relaxes where that is asked for, adds energies, finds duplicates, ranks.</summary>
    /// <param name="plan">The plan of all units.</param>
    /// <param name="results">One for each unit, in any order.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="InputException">A unit has no result, or another number of samples.</exception>
    public async Task<Prediction> MergeAsync(
        PredictionPlan plan,
        IEnumerable<PredictionUnitResult> results,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(results);
        workers.ThrowIfDisposed();
        Dictionary<int, PredictionUnitResult> byUnit = results.ToDictionary(result => result.Unit);
        List<(PlannedSample Sample, GeneratedCrystal Crystal)> all = [];
        foreach (PredictionUnit unit in plan.Units)
        {
            if (
                byUnit.GetValueOrDefault(unit.Number)?.Samples is not { } samples
                || samples.Count != unit.Samples.Count
            )
            {
                throw new InputException(
                    $"Unit {unit.Number} of {plan.Formula} has {byUnit.GetValueOrDefault(unit.Number)?.Samples.Count ?? 0} samples; expected {unit.Samples.Count}. Do the unit again.",
                    unit.Number
                );
            }

            all.AddRange(unit.Samples.Zip(samples));
        }

        return await RankAsync(plan, all, cancellation).ConfigureAwait(false);
    }

    /// <summary>Predicts the structures of many formulas, one after another; all are checked before the first is begun.</summary>
    /// <param name="formulas">Each as for a single prediction.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="progress">Hears how many moves of atoms are done.</param>
    /// <param name="cancellation">Stops between the sampler's moves.</param>
    /// <param name="journals">A folder that finished units are kept in: the same work with the same folder goes on where it was stopped. Null for none.</param>
    /// <inheritdoc cref="Plan" path="/exception"/>
    public async IAsyncEnumerable<Prediction> PredictManyAsync(
        IEnumerable<string> formulas,
        PredictionOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        [EnumeratorCancellation] CancellationToken cancellation = default,
        string? journals = null
    )
    {
        ArgumentNullException.ThrowIfNull(formulas);
        PredictionPlan[] plans = [.. formulas.Select(formula => Plan(formula, options, cancellation))];
        foreach (PredictionPlan plan in plans)
        {
            yield return await PredictAsync(plan, progress, cancellation, journals).ConfigureAwait(false);
        }
    }

    /// <summary>Frees the models, known structures and threads; work that is under way ends with an <see cref="OperationCanceledException"/>.</summary>
    public void Dispose()
    {
        workers.Dispose();
        Energies?.Dispose();
        Prototypes?.Dispose();
        model.Dispose();
    }

    private CrystalGenerator Generator(PredictionOptions options) =>
        CrystalGenerator.Of(model, options.Sampler, Energies, options.CoordinateGuidance, options.LatticeGuidance);

    private PredictionUnitResult Sample(
        PredictionPlan plan,
        PredictionUnit unit,
        ProgressCounter counter,
        CancellationToken cancellation
    )
    {
        List<IReadOnlyList<GeneratedCrystal>> frames = [];
        IReadOnlyList<GeneratedCrystal> crystals = Generator(plan.Options)
            .Generate(
                [.. unit.Samples.Select(sample => new SeededCell(sample.Composition, sample.Seed, sample.Assignment))],
                (move, state) =>
                {
                    counter.Advance(unit.AtomCount);
                    if (plan.Options.KeepsTrajectory && (move % MovesBetweenFrames == 0 || move == plan.Steps))
                    {
                        frames.Add(state());
                    }
                },
                cancellation
            );
        return new PredictionUnitResult(
            unit.Number,
            [
                .. crystals.Select(
                    (crystal, at) =>
                        crystal with
                        {
                            Trajectory = [.. frames.Select(frame => frame[at].Structure).OfType<Structure>()],
                        }
                ),
            ]
        );
    }

    private async Task<Prediction> RankAsync(
        PredictionPlan plan,
        IReadOnlyList<(PlannedSample Sample, GeneratedCrystal Crystal)> all,
        CancellationToken cancellation
    )
    {
        Candidate[] candidates = await new CandidateDescription(plan.Options, Energies)
            .OfAsync(plan.Proposals, all, cancellation)
            .ConfigureAwait(false);
        IReadOnlyList<Candidate> ranked = CandidateRanking.Rank(candidates, cancellation);
        logger.LogInformation(
            "Predicted {Formula}: {Candidates} candidates, {Crystals} of them different",
            plan.Formula,
            ranked.Count,
            ranked.Count(candidate => candidate.IsRepresentative)
        );
        return new Prediction
        {
            Plan = plan,
            Candidates = ranked,
            Failures =
            [
                .. all.Where(pair => pair.Crystal.Structure is null)
                    .Select(pair => new FailedSample(pair.Sample.FormulaUnits, pair.Crystal.Problem ?? "")),
            ],
            Origin = Origin(plan.Options),
        };
    }

    private PredictionOrigin Origin(PredictionOptions options) =>
        new(
            ProgramVersion.Program,
            Name,
            Checksum,
            options.Seed,
            options.Sampler.For(Process),
            options.Symprec,
            Energies?.Name,
            Energies?.Checksum,
            options.CoordinateGuidance,
            options.LatticeGuidance,
            options.Relaxation?.Iterations ?? 0
        );
}
