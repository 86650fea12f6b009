using Kagome.Crystals.Compositions;
using Kagome.Crystals.Symmetry;
using Kagome.Prototypes;

namespace Kagome;

/// <summary>The structures that were predicted for a formula.</summary>
public sealed record Prediction
{
    /// <summary>What was to be done.</summary>
    public required PredictionPlan Plan { get; init; }

    /// <summary>All candidates, best first; those that are the same crystal stand together.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>Samples that came to no structure at all, and why.</summary>
    public required IReadOnlyList<FailedSample> Failures { get; init; }

    /// <summary>What has to be the same for the prediction to come out the same.</summary>
    public required PredictionOrigin Origin { get; init; }

    /// <summary>As it was given.</summary>
    public string Formula => Plan.Formula;

    /// <summary>One candidate for each distinct crystal, best first.</summary>
    public IEnumerable<Candidate> Crystals => Candidates.Where(candidate => candidate.IsRepresentative);

    /// <summary>What the models never saw, so that the prediction is a guess.</summary>
    public IReadOnlyList<string> Concerns => Plan.Concerns;
}

/// <summary>A sample that came to no structure.</summary>
/// <param name="FormulaUnits">In its cell.</param>
/// <param name="Problem">Why.</param>
public sealed record FailedSample(int FormulaUnits, string Problem);

/// <summary>What has to be the same for a prediction to come out the same.</summary>
/// <remarks>The predictor is null where there was none; weights and iterations are 0 where it neither guided nor relaxed.</remarks>
/// <param name="Program">Name and version.</param>
/// <param name="Model">The name of the generator.</param>
/// <param name="ModelSha256">What <c>sha256sum</c> prints of its file.</param>
/// <param name="Seed">Of all noise.</param>
/// <param name="Sampler">How structures were generated; nothing in it is null.</param>
/// <param name="Symprec">How far atoms may lie from symmetric places, in Å.</param>
/// <param name="Predictor">The name of the predictor of energies; null where there was none.</param>
/// <param name="PredictorSha256">What <c>sha256sum</c> prints of its file; null where there was none.</param>
/// <param name="CoordinateGuidance">How hard the predictor pulled coordinates to low energy; 0 where it did not.</param>
/// <param name="LatticeGuidance">How hard the predictor pulled lattices to low energy; 0 where it did not.</param>
/// <param name="RelaxIterations">Most steps of a relaxation; 0 where nothing was relaxed.</param>
public sealed record PredictionOrigin(
    string Program,
    string Model,
    string ModelSha256,
    long Seed,
    SamplerOptions Sampler,
    double Symprec,
    string? Predictor,
    string? PredictorSha256,
    double CoordinateGuidance,
    double LatticeGuidance,
    int RelaxIterations
);

/// <summary>The cells to sample for a formula, as independent, seeded units of work.</summary>
/// <remarks>The same formula, options and model give the same plan, in any process: units may be worked on anywhere, in any order.</remarks>
public sealed record PredictionPlan
{
    /// <summary>As it was given.</summary>
    public required string Formula { get; init; }

    /// <summary>The atoms that the formula states, not reduced: Na4Cl4 stays Na4Cl4.</summary>
    public required Composition Composition { get; init; }

    /// <summary>What was asked for, with what was left to the model filled in; the number of samples is what is sampled, more or fewer where <see cref="PredictionOptions.AdaptsSamples"/> has it so.</summary>
    public required PredictionOptions Options { get; init; }

    /// <summary>The cells to sample, smallest first; empty where known structure types answer alone.</summary>
    public required IReadOnlyList<PlannedCell> Cells { get; init; }

    /// <summary>Samples that are made together, none of which depends on another unit.</summary>
    public required IReadOnlyList<PredictionUnit> Units { get; init; }

    /// <summary>What known structure types propose, the most likely first.</summary>
    public IReadOnlyList<Proposal> Proposals { get; init; } = [];

    /// <summary>What the generator never saw, so that the prediction is a guess.</summary>
    public required IReadOnlyList<string> Concerns { get; init; }

    /// <summary>Tells this plan from all others: a journal of its units belongs to it alone.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Moves of atoms in all: what progress is counted in.</summary>
    public long Work => Units.Sum(unit => unit.AtomCount) * Steps;

    /// <summary>Of the sampler, which the planner fills in.</summary>
    internal int Steps => Options.Sampler.Steps.GetValueOrDefault();
}

/// <summary>A cell of a plan.</summary>
/// <param name="FormulaUnits">Formula units in it (Z).</param>
/// <param name="Composition">All its atoms.</param>
/// <param name="Samples">How often it is sampled.</param>
public sealed record PlannedCell(int FormulaUnits, Composition Composition, int Samples)
{
    /// <summary>The orbits that atoms have to take, for each sample; empty where they are free.</summary>
    public IReadOnlyList<WyckoffAssignment> Assignments { get; init; } = [];
}

/// <summary>Samples that are made together, on one thread.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Samples">At least one.</param>
public sealed record PredictionUnit(int Number, IReadOnlyList<PlannedSample> Samples)
{
    /// <summary>Atoms of all samples.</summary>
    public long AtomCount => Samples.Sum(sample => (long)sample.Composition.AtomCount);
}

/// <summary>What came of a unit of a plan; as JSON it can be kept, and merged elsewhere.</summary>
/// <param name="Unit">The number of the unit.</param>
/// <param name="Samples">In the order of the unit's samples.</param>
public sealed record PredictionUnitResult(int Unit, IReadOnlyList<GeneratedCrystal> Samples);

/// <summary>One structure to be made.</summary>
/// <param name="FormulaUnits">Formula units in its cell (Z).</param>
/// <param name="Composition">All atoms of its cell.</param>
/// <param name="Seed">The seed of all its noise.</param>
public sealed record PlannedSample(int FormulaUnits, Composition Composition, long Seed)
{
    /// <summary>The orbits of a space group that its atoms have to take; null where they are free.</summary>
    public WyckoffAssignment? Assignment { get; init; }
}
