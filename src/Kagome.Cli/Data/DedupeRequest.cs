namespace Kagome.Cli.Data;

/// <summary>What to look through for duplicates.</summary>
internal sealed record DedupeRequest
{
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Data sets whose crystals must not occur.</summary>
    public required IReadOnlyList<string> Against { get; init; }

    public required string Output { get; init; }

    /// <summary>File for what was left out; null for none.</summary>
    public required string? Report { get; init; }

    public required bool IsForced { get; init; }

    public required bool PrintsJson { get; init; }
}
