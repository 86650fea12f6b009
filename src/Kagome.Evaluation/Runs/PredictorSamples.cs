using Kagome.Crystals.Compositions;
using Kagome.Evaluation.Scoring;
using Kagome.Work;

namespace Kagome.Evaluation;

/// <summary>What a prediction of each reference's cell comes to: its different crystals from both sources, the best first.</summary>
internal sealed class PredictorSamples : ISampleSource
{
    private readonly EvaluationOptions options;
    private readonly CrystalPredictor predictor;
    private readonly SamplerOptions sampler;

    private PredictorSamples(
        EvaluationOptions options,
        CrystalPredictor predictor,
        IReadOnlyList<ReferenceCrystal> crystals
    )
    {
        (this.options, this.predictor) = (options, predictor);
        sampler = options.SamplerFor(predictor.Process);
        Units =
        [
            .. crystals.Select(
                (crystal, number) =>
                    new EvaluationUnit(
                        number,
                        [
                            .. Enumerable
                                .Range(1, options.Samples ?? 1)
                                .Select(rank => new EvaluationSample(crystal, rank, options.Seed)),
                        ]
                    )
            ),
        ];
    }

    public IReadOnlyList<EvaluationUnit> Units { get; }

    public IReadOnlyList<string> Concerns => [];

    public string WorkUnit => "crystals";

    /// <exception cref="InputException">There is no such model, library or ranker, or it cannot do what is asked of it.</exception>
    public static PredictorSamples Load(EvaluationOptions options, IReadOnlyList<ReferenceCrystal> crystals)
    {
        CrystalPredictor loaded = CrystalPredictor.Load(options.Models);
        try
        {
            return loaded.Prototypes is null
                ? throw new InputException(
                    $"{nameof(options.Candidates)} is {CandidateSources.Both}, and no library of known structure types came with this program. Give one, or take {CandidateSources.Generated}.",
                    options.Candidates,
                    nameof(options.Candidates)
                )
                : new PredictorSamples(options, loaded, crystals);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <remarks>They compare structures, and wait for the predictor, whose own threads sample.</remarks>
    public WorkerThreads CreateWorkers() => new(options.Models.Threads, coresEach: 0);

    public EvaluationOrigin Complete(EvaluationOrigin origin) =>
        origin with
        {
            Model =
                $"{predictor.Name} beside known structure types of {string.Join(", ", predictor.Prototypes!.Libraries.Select(library => library.Name))}",
            ModelSha256 = predictor.Checksum,
            Steps = sampler.Steps,
            Sampler = new SortedDictionary<string, string>(SamplerSettings.Of(options, sampler), StringComparer.Ordinal)
            {
                ["predictor_sha256"] = predictor.Energies?.Checksum ?? "",
                ["ranker_sha256"] = predictor.Prototypes!.Ranker?.Checksum ?? "",
                ["library_crystals"] = $"{predictor.Prototypes!.Libraries.Sum(library => library.CrystalCount)}",
                ["leaves_out_formula"] = $"{options.LeavesOutFormula}".ToLowerInvariant(),
                ["formula_only"] = $"{options.FormulaOnly}".ToLowerInvariant(),
                ["gives_space_group"] = $"{options.GivesSpaceGroup}".ToLowerInvariant(),
            },
        };

    public long Work(EvaluationUnit unit) => 1;

    public IReadOnlyList<SampledStructure> Sample(
        EvaluationUnit unit,
        Action<long> advance,
        CancellationToken cancellation
    )
    {
        ReferenceCrystal reference = unit.Samples[0].Reference;
        Composition cell = reference.Structure.Composition;
        PredictionPlan plan = predictor.PlanWithout(
            options.FormulaOnly ? cell.ReducedFormula : cell.Formula,
            new PredictionOptions
            {
                AtomCount = options.FormulaOnly ? null : cell.AtomCount,
                Constraints = options.Given(reference),
                Seed = options.Seed,
                Sampler = sampler,
                CoordinateGuidance = options.CoordinateGuidance,
                LatticeGuidance = options.LatticeGuidance,
            },
            options.LeavesOutFormula ? known => options.IsOfFormula(known, reference) : null,
            isPrimitive: true,
            cancellation
        );
        Candidate[] crystals = [.. predictor.PredictAsync(plan, null, cancellation).GetAwaiter().GetResult().Crystals];
        advance(1);
        return
        [
            .. unit.Samples.Select(sample =>
                crystals.ElementAtOrDefault(sample.Number - 1) is { } crystal
                    ? new SampledStructure(crystal.Structure)
                    {
                        Probability = crystal.Probability,
                        Source = crystal.Proposal is null ? CandidateSources.Generated : CandidateSources.Prototypes,
                    }
                    : new SampledStructure(null, "no more different crystals were found")
            ),
        ];
    }

    public void Dispose() => predictor.Dispose();
}
