using Kagome.Core.Structures;

namespace Kagome.Cli.Prediction;

/// <summary>A sampled structure and what can be said of it.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Z">Formula units in the cell.</param>
/// <param name="Structure">Null where sampling broke down.</param>
/// <param name="ShortestDistanceAngstrom">Between any two atoms, images included.</param>
/// <param name="Problem">Why it is no valid structure; null where it is one.</param>
/// <param name="Trajectory">How it came to be, where that was asked for.</param>
internal sealed record Candidate(
    int Rank,
    int Z,
    Structure? Structure,
    double? ShortestDistanceAngstrom,
    string? Problem,
    IReadOnlyList<Structure> Trajectory
)
{
    public bool IsValid => Problem is null;
}
