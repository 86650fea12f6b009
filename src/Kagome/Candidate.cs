using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Prototypes;

namespace Kagome;

/// <summary>A predicted structure and what can be said about it.</summary>
public sealed record Candidate
{
    /// <summary>
    /// The crystal in the cell that <see cref="PredictionOptions.OutputCell"/> chooses, its atoms exactly on symmetric places; as it was found where it has
    /// no space group.
    /// </summary>
    public required Structure Structure { get; init; }

    /// <summary>The crystal as it was found: in the Niggli cell that it was sampled in, in its template's, or as relaxed.</summary>
    public required Structure AsFound { get; init; }

    /// <summary>Formula units in the cell of <see cref="Structure"/>.</summary>
    public int FormulaUnits => Structure.Composition.FormulaUnits;

    /// <summary>From 1, best first.</summary>
    public int Rank { get; init; }

    /// <summary>Which of the distinct crystals it is, from 1 in the order of their ranks.</summary>
    public int Crystal { get; init; }

    /// <summary>How many candidates are this crystal.</summary>
    public int Found { get; init; }

    /// <summary>Whether it stands for its crystal: the first of those that are the same.</summary>
    public bool IsRepresentative { get; init; }

    /// <summary>The known structure that it was made from; null where it was generated.</summary>
    public Proposal? Proposal { get; init; }

    /// <summary>
    /// That its crystal is the one that the formula has, 0 to 1; null where only the generator was asked, whose counts are no probabilities.
    /// </summary>
    public double? Probability { get; init; }

    /// <summary>How many of the structures that were generated are this crystal; <see cref="Found"/> counts the known one, too.</summary>
    public int Generated { get; init; }

    /// <summary>Why it is no valid structure; null where it is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it passes the tests of validity: nothing is a <see cref="Problem"/>.</summary>
    public bool IsValid => Problem is null;

    /// <summary>The shortest distance of two atoms, in Å, images included; null where the cell is too skewed to tell.</summary>
    public double? ShortestDistance { get; init; }

    /// <summary>Predicted, in eV/atom; null where no predictor says one.</summary>
    public double? EnergyAboveHull { get; init; }

    /// <summary>In eV/atom; null where it was not relaxed.</summary>
    public double? EnergyBeforeRelaxation { get; init; }

    /// <summary>Why its relaxation stopped; null where it was not relaxed.</summary>
    public RelaxationEnd? RelaxationEnd { get; init; }

    /// <summary>Why its energy may be far off.</summary>
    public IReadOnlyList<string> Concerns { get; init; } = [];

    /// <summary>Null where it is not valid, or where no space group was found.</summary>
    public CrystalSymmetry? Symmetry { get; init; }

    /// <summary>Null where <see cref="Symmetry"/> is.</summary>
    public SpaceGroup? SpaceGroup => Symmetry?.Group;

    /// <summary>How it came to be, where that was asked for.</summary>
    public IReadOnlyList<Structure> Trajectory { get; init; } = [];
}
