namespace Kagome.Cli.Pretraining;

/// <summary>What a stage made.</summary>
/// <param name="Outputs">Files by name, with their checksums.</param>
/// <param name="Figures">What there is to know of it, by name.</param>
internal sealed record StageResult(SortedDictionary<string, string> Outputs, SortedDictionary<string, double> Figures);
