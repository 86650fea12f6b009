using Kagome.Crystals.Compositions;
using Kagome.Evaluation.Scoring;
using Kagome.Prototypes;
using Kagome.Work;

namespace Kagome.Evaluation;

/// <summary>What known structure types propose for the composition of each reference's cell, the most likely first.</summary>
internal sealed class PrototypeSamples : ISampleSource
{
    /// <summary>Crystals of a unit: a moment's work.</summary>
    private const int UnitSize = 64;

    private readonly EvaluationOptions options;
    private readonly KnownStructures known;

    private PrototypeSamples(EvaluationOptions options, KnownStructures known, IReadOnlyList<ReferenceCrystal> crystals)
    {
        (this.options, this.known) = (options, known);
        int samples = options.Samples ?? 1;
        Units =
        [
            .. crystals
                .Chunk(UnitSize)
                .Select(
                    (chunk, number) =>
                        new EvaluationUnit(
                            number,
                            [
                                .. chunk.SelectMany(crystal =>
                                    Enumerable.Range(1, samples).Select(at => new EvaluationSample(crystal, at))
                                ),
                            ]
                        )
                ),
        ];
    }

    public IReadOnlyList<EvaluationUnit> Units { get; }

    public IReadOnlyList<string> Concerns => [];

    public string WorkUnit => "structures";

    /// <exception cref="InputException">There is no such library or ranker.</exception>
    /// <exception cref="PrototypeLibraryException">A library is damaged.</exception>
    public static PrototypeSamples Load(EvaluationOptions options, IReadOnlyList<ReferenceCrystal> crystals) =>
        new(options, KnownStructures.Load(options.Models.Prototypes), crystals);

    public WorkerThreads CreateWorkers() => new(options.Models.Threads ?? Environment.ProcessorCount);

    public EvaluationOrigin Complete(EvaluationOrigin origin) =>
        origin with
        {
            Model = $"known structure types of {string.Join(", ", known.Libraries.Select(library => library.Name))}",
            ModelSha256 = known.Ranker?.Checksum,
            Sampler = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["crystals"] = $"{known.Libraries.Sum(library => library.CrystalCount)}",
                ["leaves_out_formula"] = $"{options.LeavesOutFormula}".ToLowerInvariant(),
                ["formula_only"] = $"{options.FormulaOnly}".ToLowerInvariant(),
                ["gives_space_group"] = $"{options.GivesSpaceGroup}".ToLowerInvariant(),
            },
        };

    public long Work(EvaluationUnit unit) => unit.Samples.Count;

    public IReadOnlyList<SampledStructure> Sample(
        EvaluationUnit unit,
        Action<long> advance,
        CancellationToken cancellation
    )
    {
        List<SampledStructure> crystals = [];
        foreach (
            IGrouping<ReferenceCrystal, EvaluationSample> samples in unit.Samples.GroupBy(sample => sample.Reference)
        )
        {
            cancellation.ThrowIfCancellationRequested();
            int count = samples.Count();
            Composition cell = samples.Key.Structure.Composition;
            Func<KnownCrystal, bool>? leftOut = options.LeavesOut(samples.Key);
            IReadOnlyList<Proposal> proposals = options.FormulaOnly
                ? known.Find(cell.Reduced, count, isLeftOut: leftOut)
                : known.FindCell(cell, count, leftOut);
            crystals.AddRange(
                samples.Select(
                    (_, at) =>
                        at < proposals.Count
                            ? new SampledStructure(proposals[at].Structure)
                            {
                                Probability = proposals[at].Probability,
                                Source = CandidateSources.Prototypes,
                            }
                            : new SampledStructure(null, "there are no more known structure types")
                )
            );
            advance(count);
        }

        return crystals;
    }

    public void Dispose() => known.Dispose();
}
