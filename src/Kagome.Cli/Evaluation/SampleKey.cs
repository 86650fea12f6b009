using Kagome.Evaluation.Scoring;

namespace Kagome.Cli.Evaluation;

/// <summary>One of the structures to be scored.</summary>
/// <param name="Reference">What it should be.</param>
/// <param name="Sample">Which of the reference's structures it is, from 1.</param>
internal readonly record struct SampleKey(ReferenceCrystal Reference, int Sample);
