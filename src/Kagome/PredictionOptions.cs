using Kagome.Crystals.Symmetry;

namespace Kagome;

/// <summary>Where candidate structures come from.</summary>
public enum CandidateSources
{
    /// <summary>Known structure types, and DAO-G.</summary>
    Both,

    /// <summary>Known structure types alone.</summary>
    Prototypes,

    /// <summary>DAO-G alone.</summary>
    Generated,
}

/// <summary>How structures of a formula are predicted.</summary>
public sealed record PredictionOptions
{
    /// <summary>A known structure type that is so likely is taken for the answer.</summary>
    public const double SureProbability = 0.9;

    /// <summary>Where no known structure type is so likely, most of the probability is with none of them.</summary>
    public const double PoorProbability = 0.2;

    /// <summary>Most samples of a formula.</summary>
    public const int LargestSamples = 100_000;

    /// <summary>No model is asked for cells beyond it; larger counts would not fit whole numbers.</summary>
    private const int LargestCount = 1_000_000;

    /// <summary>Where candidates come from. Default: both sources.</summary>
    public CandidateSources Candidates { get; init; } = CandidateSources.Both;

    /// <summary>
    /// Whether <see cref="Samples"/> follow what known structure types say: none are generated where one is sure, with a probability of at least
    /// <see cref="SureProbability"/>, and more where none is likely (<see cref="PoorProbability"/>): three times as many by diffusion, eight times by a flow. Default: they do. Ignored without
    /// known structure types.
    /// </summary>
    public bool AdaptsSamples { get; init; } = true;

    /// <summary>Structures to generate of a formula; 1 to 100,000. Default 20.</summary>
    public int Samples { get; init; } = 20;

    /// <summary>Seed of all noise. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Formula units of the cells to sample, each above 0. Default: none named, for the plausible ones; a formula that is not reduced, such as
    /// Na4Cl4, is then the whole cell.
    /// </summary>
    public IReadOnlyList<int> FormulaUnits { get; init; } = [];

    /// <summary>Atoms of the whole cell, in place of <see cref="FormulaUnits"/>. Default: null.</summary>
    public int? AtomCount { get; init; }

    /// <summary>Most atoms of a cell; at least 1. Default 20. Ignored where formula units or atoms are given.</summary>
    public int LargestAtomCount { get; init; } = 20;

    /// <summary>What is known of the crystal: its space group, its cell. Default: nothing.</summary>
    public CrystalConstraints Constraints { get; init; } = new();

    /// <summary>How to sample. Default: as suits the generator.</summary>
    public SamplerOptions Sampler { get; init; } = new();

    /// <summary>How hard the predictor pulls coordinates to low energy; at least 0. Default 0, for not at all.</summary>
    public double CoordinateGuidance { get; init; }

    /// <summary>How hard the predictor pulls lattices to low energy; at least 0. Default 0, for not at all.</summary>
    public double LatticeGuidance { get; init; }

    /// <summary>How candidates are relaxed before they are ranked. Default: null, for not at all.</summary>
    public RelaxationOptions? Relaxation { get; init; }

    /// <summary>How far, in Å, atoms may be from their symmetric places; above 0. Default 0.1.</summary>
    public double Symprec { get; init; } = SymmetryFinder.DefaultSymprecAngstrom;

    /// <summary>The cell that candidates are given in. Default: the standard conventional one. The Niggli cell is the one that is sampled.</summary>
    public CellChoice OutputCell { get; init; } = CellChoice.Conventional;

    /// <summary>Whether candidates keep how they came to be. Default: they do not.</summary>
    public bool KeepsTrajectory { get; init; }

    internal bool IsGuided => CoordinateGuidance > 0 || LatticeGuidance > 0;

    internal bool NeedsPredictor => IsGuided || Relaxation is not null;

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        OptionException.RequireNamed(nameof(Candidates), Candidates);
        OptionException.RequireBetween(nameof(Samples), Samples, 1, LargestSamples);
        OptionException.RequirePositive(nameof(LargestAtomCount), LargestAtomCount);
        OptionException.RequireGiven(nameof(FormulaUnits), FormulaUnits);
        foreach (int units in FormulaUnits)
        {
            OptionException.RequireBetween(nameof(FormulaUnits), units, 1, LargestCount);
        }

        if (AtomCount is { } atoms)
        {
            OptionException.RequirePositive(nameof(AtomCount), atoms);
        }

        OptionException.RequireGiven(nameof(Constraints), Constraints);
        Constraints.Validate();
        OptionException.RequireGiven(nameof(Sampler), Sampler);
        Sampler.Validate();
        OptionException.RequireNotNegative(nameof(CoordinateGuidance), CoordinateGuidance, "1");
        OptionException.RequireNotNegative(nameof(LatticeGuidance), LatticeGuidance, "1");
        Relaxation?.Validate();
        OptionException.RequirePositive(nameof(Symprec), Symprec, "0.1");
        OptionException.RequireNamed(nameof(OutputCell), OutputCell);
    }

    /// <exception cref="InputException">A predictor is needed, and there is none.</exception>
    internal void RequirePredictor(bool isThere)
    {
        if (NeedsPredictor && !isThere)
        {
            throw new InputException(
                $"{nameof(ModelOptions.Predictor)} is {ModelOptions.None}, or none came along; {nameof(CoordinateGuidance)}, {nameof(LatticeGuidance)} and {nameof(Relaxation)} need a predictor.",
                ModelOptions.None,
                nameof(ModelOptions.Predictor),
                nameof(CoordinateGuidance),
                nameof(LatticeGuidance),
                nameof(Relaxation)
            );
        }
    }
}
