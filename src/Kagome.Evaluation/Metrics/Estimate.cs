namespace Kagome.Evaluation.Metrics;

/// <summary>A figure and how far chance could move it.</summary>
/// <param name="Value">From all crystals.</param>
/// <param name="Low">Lower end of the 95 % confidence interval.</param>
/// <param name="High">Upper end.</param>
public sealed record Estimate(double Value, double Low, double High);
