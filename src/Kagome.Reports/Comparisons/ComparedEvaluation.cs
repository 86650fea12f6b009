using Kagome.Evaluation.Metrics;

namespace Kagome.Reports.Comparisons;

/// <summary>A finished evaluation among others.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Summary">Its figures.</param>
/// <param name="ToFirst">What it has over the first of them, crystal by crystal; null for the first, and where they share none.</param>
public sealed record ComparedEvaluation(string Name, EvaluationSummary Summary, PairedDifference? ToFirst = null)
{
    public string Subject => Summary.Origin.Model ?? Summary.Origin.Predictions ?? Name;

    /// <summary>Time of all threads for each structure; null where none were sampled.</summary>
    public double? SecondsPerStructure =>
        Summary.Origin.Steps is null
            ? null
            : Summary.SecondsSampling / (Summary.Overall.Crystals * Summary.Origin.Samples);
}
