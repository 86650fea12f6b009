namespace Kagome.Evaluation.Metrics;

/// <summary>The figures of those crystals that are alike in something.</summary>
/// <param name="Group">What they share: an atom count such as 5, a range such as 21–24, or a number of elements.</param>
/// <param name="Metrics">Of these crystals alone.</param>
public sealed record GroupMetrics(string Group, EvaluationMetrics Metrics);
