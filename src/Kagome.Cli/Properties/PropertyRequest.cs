using Kagome.Cli.Prediction;

namespace Kagome.Cli.Properties;

/// <summary>What was asked of kagome property or kagome tc.</summary>
internal sealed record PropertyRequest
{
    public required string Model { get; init; }

    /// <summary>Files, or formulas where there is no such file.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    public required IReadOnlyList<string> DataPaths { get; init; }

    /// <summary>Null for all entries.</summary>
    public string? Split { get; init; }

    /// <summary>How structures of formulas are predicted; its formulas are ignored.</summary>
    public required PredictSettings Prediction { get; init; }

    /// <summary>Whether energies above hull are told of files, too.</summary>
    public bool TellsEnergies { get; init; }

    /// <summary>Structures of a formula whose property is told.</summary>
    public required int Best { get; init; }

    public bool PrintsJson { get; init; }

    public bool PrintsCsv { get; init; }
}
