namespace Kagome.Cli.Evaluation;

/// <summary>What was asked of kagome evaluate --compare.</summary>
/// <param name="Folders">Of finished evaluations; the others are set against the first.</param>
/// <param name="Predictor">Asked of all structures; null for no energies.</param>
/// <param name="OutputFolder">Null for the default one.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="PrintsJson">All on stdout.</param>
internal sealed record ComparisonRequest(
    IReadOnlyList<string> Folders,
    string? Predictor,
    string? OutputFolder,
    string Device,
    bool PrintsJson
);
