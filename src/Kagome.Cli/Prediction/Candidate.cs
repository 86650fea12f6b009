using Kagome.Core.Structures;
using Kagome.Sampling.Relaxation;
using Kagome.Symmetry;

namespace Kagome.Cli.Prediction;

/// <summary>A sampled structure and what can be said of it.</summary>
/// <param name="Z">Formula units in the cell.</param>
/// <param name="Structure">Null where sampling broke down.</param>
/// <param name="ShortestDistanceAngstrom">Between any two atoms, images included; null where it cannot be measured.</param>
/// <param name="Problem">Why it is no valid structure; null where it is one.</param>
/// <param name="Trajectory">How it came to be, where that was asked for.</param>
internal sealed record Candidate(
    int Z,
    Structure? Structure,
    double? ShortestDistanceAngstrom,
    string? Problem,
    IReadOnlyList<Structure> Trajectory
)
{
    /// <summary>From 1, best first.</summary>
    public int Rank { get; init; }

    /// <summary>Which of the distinct crystals it is, from 1 in the order of their ranks.</summary>
    public int Crystal { get; init; }

    /// <summary>How many candidates are this crystal.</summary>
    public int Found { get; init; }

    /// <summary>Predicted energy above hull, in eV/atom; null where no predictor says one.</summary>
    public double? Energy { get; init; }

    /// <summary>In eV/atom; null where it was not relaxed.</summary>
    public double? EnergyBeforeRelaxation { get; init; }

    /// <summary>Why its relaxation stopped; null where it was not relaxed.</summary>
    public RelaxationEnd? RelaxationEnd { get; init; }

    /// <summary>Why its energy may be far off.</summary>
    public IReadOnlyList<string> Concerns { get; init; } = [];

    /// <summary>Null where it is not valid, where there is no spglib, or where no space group was found.</summary>
    public CrystalSymmetry? Symmetry { get; init; }

    /// <summary>Whether it stands for its crystal: the first of those that are the same.</summary>
    public bool IsRepresentative { get; init; }

    public bool IsValid => Problem is null;
}
