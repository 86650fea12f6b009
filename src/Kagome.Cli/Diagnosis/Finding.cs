namespace Kagome.Cli.Diagnosis;

/// <summary>One thing that was looked at, what was found, and the way out where it is not fine.</summary>
internal sealed record Finding(
    string Name,
    string Value,
    FindingState State = FindingState.Fine,
    string? WayOut = null
);
