using System.CommandLine;
using Kagome.Crystals.Symmetry;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Options;

/// <summary>How structures of formulas are predicted: what one formula and a campaign of many have in common.</summary>
internal sealed class PredictionChoice
{
    private readonly Option<int> samples = PositiveNumber(
        "--samples",
        "Candidates per formula.",
        20,
        PredictionOptions.LargestSamples
    );
    private readonly Option<string?> z = Text(
        "--z",
        "Formula units per cell, such as 1,2,4, in the primitive cell of known types or in their conventional one; without it the plausible ones."
    );
    private readonly Option<int> maxAtoms = PositiveNumber(
        "--max-atoms",
        "Most atoms of a cell to generate where --z is not given; known structure types have up to 52.",
        20
    );
    private readonly SamplingOptions sampler = new();
    private readonly Option<long> seed = Seed();
    private readonly ModelChoice models = ModelChoice.OfGenerator(
        "The predictor (DAO-P) that energies come from; kagome-p where it came with the program, none to rank by how often a crystal is found."
    );
    private readonly GuidanceOptions guidance = new(
        "How hard the predictor pulls samples to low energy; 20 lowers predicted energies by a fifth, 1 by nothing (docs/experiments.md)."
    );
    private readonly PrototypeChoice prototypes = new();
    private readonly Option<string> candidates = Choice(
        "--candidates",
        "Where candidates come from: known structure types, the generator, or both. Unless --samples is given, nothing is generated where a known type is sure (above 0.9), and three times as many where none is likely (eight times by a flow, which is quicker).",
        ["both", "prototypes", "generated"],
        "both"
    );
    private readonly ConstraintOptions constraints = new();
    private readonly Option<bool> relax = Flag("--relax", "Relax candidates by the predictor before they are ranked.");
    private readonly Option<int> relaxIterations = PositiveNumber(
        "--relax-iterations",
        "Most steps of each relaxation.",
        5
    );
    private readonly Option<bool> relaxFreely = Flag(
        "--relax-freely",
        "Let relaxation leave a candidate's space group."
    );
    private readonly Option<double> symprec = Symprec();
    private readonly Option<CellChoice> outputCell = Value(
        "--output-cell",
        "The cell to show and write: conventional or primitive (standard ones of the space group), or niggli, the one it was sampled in.",
        CellChoice.Conventional
    );

    /// <summary>In the order in which help shows them.</summary>
    public IEnumerable<Option> All =>
        [
            samples,
            z,
            maxAtoms,
            seed,
            models.Generator,
            models.Device,
            .. constraints.All,
            models.Predictor,
            .. guidance.All,
            candidates,
            .. prototypes.All,
            relax,
            relaxIterations,
            relaxFreely,
            outputCell,
            symprec,
            .. sampler.All,
        ];

    public PredictionOptions Read(ParseResult parsed) =>
        new()
        {
            Candidates = Enum.Parse<CandidateSources>(parsed.GetRequiredValue(candidates), ignoreCase: true),
            AdaptsSamples = parsed.GetResult(samples) is null or { Implicit: true },
            Samples = parsed.GetValue(samples),
            FormulaUnits = NumberList.Parse("--z", parsed.GetValue(z)),
            LargestAtomCount = parsed.GetValue(maxAtoms),
            Constraints = constraints.Read(parsed),
            Sampler = sampler.Read(parsed),
            Seed = parsed.GetValue(seed),
            CoordinateGuidance = guidance.Coordinates(parsed),
            LatticeGuidance = guidance.Lattices(parsed),
            Relaxation = parsed.GetValue(relax)
                ? new RelaxationOptions
                {
                    Iterations = parsed.GetValue(relaxIterations),
                    KeepsSymmetry = !parsed.GetValue(relaxFreely),
                    Symprec = parsed.GetValue(symprec),
                }
                : null,
            Symprec = parsed.GetValue(symprec),
            OutputCell = parsed.GetValue(outputCell),
        };

    public ModelOptions ReadModels(ParseResult parsed) =>
        models.Read(parsed) with
        {
            Prototypes = prototypes.ReadNamed(parsed),
        };
}
