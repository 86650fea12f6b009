namespace Kagome.Cli.Relaxation;

/// <summary>What was asked of kagome relax.</summary>
internal sealed record RelaxRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<string> DataPaths { get; init; }

    /// <summary>Null for all entries.</summary>
    public string? Split { get; init; }

    /// <summary>Null for the default predictor.</summary>
    public string? Model { get; init; }

    /// <summary>Most steps of each crystal.</summary>
    public required int Iterations { get; init; }

    public required string OutputFolder { get; init; }

    public required string Device { get; init; }

    public bool PrintsJson { get; init; }
}
