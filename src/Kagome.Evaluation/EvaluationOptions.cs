using Kagome.Crystals.Matching;
using Kagome.Evaluation.Scoring;
using Kagome.Formats.Text;
using Kagome.Processes;
using Kagome.Prototypes;

namespace Kagome.Evaluation;

/// <summary>What is evaluated, on which crystals, and how.</summary>
public sealed record EvaluationOptions
{
    /// <summary>In place of a split's name: every entry of the data.</summary>
    public const string AllSplits = "all";

    /// <summary>Most samples of a crystal.</summary>
    public const int LargestSamples = 1000;

    /// <summary>The known crystals: a data set, a file of structures or a folder of files.</summary>
    public required string Data { get; init; }

    /// <summary>Which entries, of those that name their split; <see cref="AllSplits"/> takes every one. Default: test.</summary>
    public string Split { get; init; } = "test";

    /// <summary>Most crystals to score; at least 1. They are chosen as if at random, but always the same ones. Default: null, for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether only crystals count whose formula has several in the split; a <see cref="Limit"/> then chooses by formulas. Default: all count.</summary>
    public bool PolymorphsOnly { get; init; }

    /// <summary>
    /// Whether the formula alone is asked for, as users do, and not the crystal's cell: of the crystals of a formula the one nearest to the hull by the label
    /// e_hull counts, the first where none says. For known structure types, alone or beside the generator. Default: the cell is given, as in benchmarks.
    /// </summary>
    public bool FormulaOnly { get; init; }

    /// <summary>Structures of each crystal (K); 1 to 1,000. Default: null, for one of a model, and for all that there are of another program.</summary>
    public int? Samples { get; init; }

    /// <summary>Seed of all noise and of the confidence intervals. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Structures of another program, scored in place of a model's: a folder of files, or one file of many structures. Default: null, for the model.</summary>
    public string? Predictions { get; init; }

    /// <summary>How the files of <see cref="Predictions"/> are written. Default: null, as their names tell.</summary>
    public IStructureFormat? PredictionsFormat { get; init; }

    /// <summary>
    /// What is evaluated where there are no <see cref="Predictions"/>: the generator alone, known structure types alone, or what a prediction makes of
    /// both, whose different crystals count in the order of their ranks. Default: the generator.
    /// </summary>
    public CandidateSources Candidates { get; init; } = CandidateSources.Generated;

    /// <summary>Whether known crystals of a crystal's own formula are left out, so that none answers with a polymorph. Default: they are not.</summary>
    public bool LeavesOutFormula { get; init; }

    /// <summary>
    /// Whether each crystal's space group is given, as by diffraction: only structures of that group are asked for. Default: it is not. Refused where
    /// there are <see cref="Predictions"/>, and of the generator alone.
    /// </summary>
    public bool GivesSpaceGroup { get; init; }

    /// <summary>When a structure matches its crystal. Default: <see cref="MatcherOptions.Csp"/>, the tolerances of published figures.</summary>
    public MatcherOptions Tolerances { get; init; } = MatcherOptions.Csp;

    /// <summary>The model that samples, and the predictor that guides it. Default: the ones that came along. Of <see cref="Predictions"/> only the threads count.</summary>
    public ModelOptions Models { get; init; } = new();

    /// <summary>
    /// How to sample. Where no temperature is given it is 1, to measure what a model has learned; of both sources that of a prediction.
    /// Ignored where there are <see cref="Predictions"/>.
    /// </summary>
    public SamplerOptions Sampler { get; init; } = new();

    /// <summary>How hard the predictor pulls coordinates to low energy; at least 0. Default 0, for not at all. Ignored where there are <see cref="Predictions"/>.</summary>
    public double CoordinateGuidance { get; init; }

    /// <summary>How hard the predictor pulls lattices to low energy; at least 0. Default 0, for not at all. Ignored where there are <see cref="Predictions"/>.</summary>
    public double LatticeGuidance { get; init; }

    /// <summary>The folder that structures, scores and figures are written to. Default: null, so that nothing is written.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>Whether to go on with the evaluation that is in the folder. Default: a folder that holds one is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>The published benchmark that the data are: one of <see cref="Evaluation.Benchmark.Names"/>. Default: null, to tell it by the file's name.</summary>
    public string? Benchmark { get; init; }

    /// <summary>How a model is sampled.</summary>
    internal SamplerOptions SamplerFor(ProcessConfiguration process) =>
        (Candidates == CandidateSources.Both ? Sampler : Sampler with { Temperature = Sampler.Temperature ?? 1 }).For(
            process
        );

    /// <summary>Which known crystals propose nothing for a crystal; null for none.</summary>
    internal Func<KnownCrystal, bool>? LeavesOut(ReferenceCrystal crystal)
    {
        CrystalConstraints given = Given(crystal);
        return LeavesOutFormula || !given.IsEmpty
            ? known => (LeavesOutFormula && IsOfFormula(known, crystal)) || !given.AdmitsImage(known.SpaceGroup)
            : null;
    }

    /// <summary>Whether a known crystal is of the composition that is asked for.</summary>
    internal bool IsOfFormula(KnownCrystal known, ReferenceCrystal crystal) =>
        FormulaOnly ? known.HasFormulaOf(crystal.Structure.Composition) : known.IsOf(crystal.Structure.Composition);

    /// <summary>What a prediction is told of a crystal.</summary>
    internal CrystalConstraints Given(ReferenceCrystal crystal) =>
        GivesSpaceGroup && crystal.SpaceGroup is { } number ? new() { SpaceGroups = [number] } : new();

    internal bool IsGuided => CoordinateGuidance > 0 || LatticeGuidance > 0;

    /// <summary>Checks that every value is in its range, and that none contradicts another.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    /// <exception cref="InputException">Two values contradict each other.</exception>
    public void Validate()
    {
        OptionException.RequireGiven(nameof(Data), Data);
        OptionException.RequireGiven(nameof(Split), Split);
        OptionException.RequireNotEmpty(nameof(OutputFolder), OutputFolder);
        if (Limit is { } limit)
        {
            OptionException.RequirePositive(nameof(Limit), limit);
        }

        if (Samples is { } samples)
        {
            OptionException.RequireBetween(nameof(Samples), samples, 1, LargestSamples);
        }

        OptionException.RequireNamed(nameof(Candidates), Candidates);
        CheckGivenSpaceGroup();
        CheckFormulaOnly();
        OptionException.RequireGiven(nameof(Tolerances), Tolerances);
        Tolerances.Validate();
        OptionException.RequireGiven(nameof(Models), Models);
        Models.Validate();
        Sampler.Validate();
        OptionException.RequireNotNegative(nameof(CoordinateGuidance), CoordinateGuidance, "1");
        OptionException.RequireNotNegative(nameof(LatticeGuidance), LatticeGuidance, "1");
        if (Benchmark is not null && !Evaluation.Benchmark.Names.Contains(Benchmark))
        {
            throw new OptionException(nameof(Benchmark), Benchmark, string.Join(" or ", Evaluation.Benchmark.Names));
        }
    }

    private void CheckFormulaOnly()
    {
        if (FormulaOnly && (Predictions is not null || Candidates == CandidateSources.Generated))
        {
            throw new InputException(
                $"{nameof(FormulaOnly)} is for known structure types, alone or beside the generator; expected {nameof(Candidates)} prototypes or both, and no {nameof(Predictions)}.",
                Candidates,
                nameof(FormulaOnly),
                nameof(Candidates),
                nameof(Predictions)
            );
        }

        if (FormulaOnly && PolymorphsOnly)
        {
            throw new InputException(
                $"{nameof(FormulaOnly)} asks for one structure of each formula, and {nameof(PolymorphsOnly)} for all. Leave one of them out.",
                true,
                nameof(FormulaOnly),
                nameof(PolymorphsOnly)
            );
        }
    }

    private void CheckGivenSpaceGroup()
    {
        if (GivesSpaceGroup && Predictions is not null)
        {
            throw new InputException(
                $"{nameof(GivesSpaceGroup)} asks for structures of each crystal's space group, and {nameof(Predictions)} ({Predictions}) are there already: nothing is asked for. Leave one of them out.",
                Predictions,
                nameof(GivesSpaceGroup),
                nameof(Predictions)
            );
        }

        if (GivesSpaceGroup && Candidates == CandidateSources.Generated)
        {
            string generated = $"{Candidates}".ToLowerInvariant();
            throw new InputException(
                $"{nameof(GivesSpaceGroup)} is for known structure types, alone or beside the generator, and {nameof(Candidates)} is {generated}; expected {nameof(Candidates)} prototypes or both.",
                Candidates,
                nameof(GivesSpaceGroup),
                nameof(Candidates)
            );
        }
    }
}
