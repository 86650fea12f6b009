namespace Kagome.Evaluation.Metrics;

/// <summary>What matters of a structure where two evaluations are compared.</summary>
/// <param name="IsMatched">To its reference, plainly.</param>
/// <param name="IsValid">As a structure.</param>
/// <param name="Energy">Predicted energy above hull, eV/atom; null where it was not asked for or nothing can be said.</param>
public readonly record struct SampleOutcome(bool IsMatched, bool IsValid, double? Energy);
