using System.Text.Json.Serialization;

namespace Kagome.Diagnosis;

/// <summary>One thing that was looked at, and what was found.</summary>
/// <param name="Name">What was looked at, such as memory; several findings may share a name.</param>
/// <param name="Value">What was found.</param>
/// <param name="State">How much it matters.</param>
/// <param name="WayOut">What to do about it; null where all is fine.</param>
public sealed record Finding(string Name, string Value, FindingState State = FindingState.Fine, string? WayOut = null)
{
    /// <summary>Names of options that <see cref="WayOut"/> speaks of, for hosts that call them otherwise.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Options { get; init; } = [];
}

/// <summary>How much a finding matters.</summary>
public enum FindingState
{
    /// <summary>All is as it should be.</summary>
    Fine,

    /// <summary>Something is missing that Kagome can do without.</summary>
    Limited,

    /// <summary>Kagome, or a part of it, does not work.</summary>
    Broken,
}
