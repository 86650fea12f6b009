namespace Kagome.Cli.Pretraining;

/// <summary>report.json: that a stage is done, from what, and what came out.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Inputs">Settings and checksums by name.</param>
/// <param name="Outputs">Checksums by file name.</param>
/// <param name="Figures">By name.</param>
/// <param name="Seconds">Of the run that ended it; a stage that was interrupted took longer.</param>
internal sealed record StageReport(
    string Stage,
    SortedDictionary<string, string> Inputs,
    SortedDictionary<string, string> Outputs,
    SortedDictionary<string, double> Figures,
    double Seconds
);
