namespace Kagome.Cli.Energies;

/// <summary>What was asked of kagome energy.</summary>
internal sealed record EnergyRequest
{
    public required IReadOnlyList<string> Files { get; init; }

    public required IReadOnlyList<string> DataPaths { get; init; }

    /// <summary>Null for all entries.</summary>
    public string? Split { get; init; }

    /// <summary>Null for the default predictor.</summary>
    public string? Model { get; init; }

    /// <summary>Labelled crystals that baselines know; null for the crystals themselves.</summary>
    public string? ReferencePath { get; init; }

    public string? OutputFolder { get; init; }

    public required string Device { get; init; }

    public bool PrintsJson { get; init; }

    public bool PrintsCsv { get; init; }
}
