namespace Kagome.Checkpoints.OfficialDao;

/// <summary>What an import left out and what it had to assume; for people to read.</summary>
public sealed record ImportReport
{
    /// <summary>Tensors of the state dictionary that our network has no use for, by their official names.</summary>
    public required IReadOnlyList<string> SkippedTensors { get; init; }

    /// <summary>Other parts of the file, such as "optimizer_states".</summary>
    public required IReadOnlyList<string> SkippedParts { get; init; }

    /// <summary>Python classes and functions that the files ask for by name; none was looked up or called.</summary>
    public required IReadOnlyList<string> SkippedClasses { get; init; }

    /// <summary>Assumptions, as sentences.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }
}
