using Kagome.Crystals.Compositions;
using Kagome.Evaluation.Scoring;
using Kagome.Models;
using Kagome.Work;

namespace Kagome.Evaluation;

/// <summary>Samples of a model, for the composition of each reference's cell.</summary>
/// <remarks>
/// A structure depends on its own seed, made from that of the evaluation, the crystal's name and the number of the sample, and, by rounding,
/// on the rest of its unit; never on the number of cores or on what was done before.
/// </remarks>
internal sealed class ModelSamples : ISampleSource
{
    private readonly EvaluationOptions options;
    private readonly SamplerOptions sampler;
    private readonly LoadedModel model;
    private readonly EnergyPredictor? predictor;
    private readonly CrystalGenerator generator;

    private ModelSamples(
        EvaluationOptions options,
        LoadedModel model,
        EnergyPredictor? predictor,
        IReadOnlyList<ReferenceCrystal> crystals
    )
    {
        (this.options, this.model, this.predictor) = (options, model, predictor);
        sampler = options.SamplerFor(model.Checkpoint.Process);
        generator = CrystalGenerator.Of(model, sampler, predictor, options.CoordinateGuidance, options.LatticeGuidance);
        Units = Plan(crystals, options.Samples ?? 1, options.Seed, model.BatchAtoms(BatchPacker.SamplingAtoms));
        Concerns = Doubts(model, crystals);
    }

    public IReadOnlyList<EvaluationUnit> Units { get; }

    public IReadOnlyList<string> Concerns { get; }

    public string WorkUnit => "atom moves";

    /// <exception cref="InputException">There is no such model, or it cannot do what is asked of it.</exception>
    /// <exception cref="OptionException">There is no such device, or the model has fewer noise levels than steps are asked for.</exception>
    /// <exception cref="CheckpointException">A model's file is damaged.</exception>
    public static ModelSamples Load(EvaluationOptions options, IReadOnlyList<ReferenceCrystal> crystals)
    {
        ModelOptions models = options.Models;
        LoadedModel loaded = LoadedModel.Load(models.Catalog, models.Generator, ModelKind.Generator, models.Device);
        EnergyPredictor? guide = null;
        try
        {
            PredictionPlanner.CheckSteps(loaded, options.Sampler);
            foreach (Composition cell in crystals.Select(crystal => crystal.Structure.Composition))
            {
                if (loaded.Domain.Obstacle(cell) is { } obstacle)
                {
                    throw new InputException(obstacle, cell.Formula);
                }
            }

            guide = options.IsGuided ? EnergyPredictor.Load(models) : null;
            return new ModelSamples(options, loaded, guide, crystals);
        }
        catch
        {
            guide?.Dispose();
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Packs all first samples before the second ones: so they stay the same where more samples are asked for.</summary>
    public static IReadOnlyList<EvaluationUnit> Plan(
        IReadOnlyList<ReferenceCrystal> crystals,
        int samples,
        long seed,
        int batchAtoms
    )
    {
        IReadOnlyList<int[]> batches = BatchPacker.Pack(
            [.. crystals.Select(crystal => crystal.Structure.AtomCount)],
            batchAtoms
        );
        return
        [
            .. Enumerable
                .Range(1, samples)
                .SelectMany(number =>
                    batches.Select(batch =>
                        batch.Select(place => new EvaluationSample(
                            crystals[place],
                            number,
                            Seeds.Of(seed, crystals[place].Id, number)
                        ))
                    )
                )
                .Select((unit, number) => new EvaluationUnit(number, [.. unit])),
        ];
    }

    public WorkerThreads CreateWorkers() => new(options.Models.Threads ?? model.WorkerCount);

    public EvaluationOrigin Complete(EvaluationOrigin origin) =>
        origin with
        {
            Model = model.Name,
            ModelSha256 = model.Checksum,
            Steps = sampler.Steps,
            Sampler = Settings(),
        };

    private SortedDictionary<string, string> Settings()
    {
        SortedDictionary<string, string> named = SamplerSettings.Of(options, sampler);
        if (predictor is not null)
        {
            named["predictor_sha256"] = predictor.Checksum;
        }

        return named;
    }

    public long Work(EvaluationUnit unit) => unit.AtomCount * sampler.Steps!.Value;

    public IReadOnlyList<SampledStructure> Sample(
        EvaluationUnit unit,
        Action<long> advance,
        CancellationToken cancellation
    ) =>
        [
            .. generator
                .Generate(
                    [
                        .. unit.Samples.Select(sample => new SeededCell(
                            sample.Reference.Structure.Composition,
                            sample.Seed!.Value
                        )),
                    ],
                    (_, _) => advance(unit.AtomCount),
                    cancellation
                )
                .Select(crystal => new SampledStructure(crystal.Structure, crystal.Problem)
                {
                    Source = CandidateSources.Generated,
                }),
        ];

    public void Dispose()
    {
        predictor?.Dispose();
        model.Dispose();
    }

    private static string[] Doubts(LoadedModel model, IReadOnlyList<ReferenceCrystal> crystals)
    {
        TrainingDomain domain = model.Domain;
        int unseen = crystals.Count(crystal => !domain.HasSeen(crystal.Structure.Composition));
        int large = crystals.Count(crystal => crystal.Structure.AtomCount > domain.LargestAtomCount);
        return unseen + large > 0
            ?
            [
                $"of {crystals.Count} crystals, {unseen} hold an element that {model.Name} never saw, and {large} more than the {domain.LargestAtomCount} atoms of the largest cell that it saw; expect little of these.",
            ]
            : [];
    }
}
