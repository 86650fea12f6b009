using Kagome.Evaluation;

namespace Kagome.Reports.Plots;

/// <summary>The plots of an evaluation.</summary>
public static class EvaluationFigures
{
    /// <summary>Draws all figures of a report on an evaluation.</summary>
    /// <param name="summary">Its figures.</param>
    /// <param name="crystals">What they were worked out from.</param>
    /// <param name="stol">The matcher's.</param>
    public static IReadOnlyList<Figure> Draw(
        EvaluationSummary summary,
        IReadOnlyList<CrystalResult> crystals,
        double stol
    ) =>
        [
            MatchRateBySizePlot.Draw(summary),
            RmsDistributionPlot.Draw(summary, crystals, stol),
            ParityPlot.DrawVolume(crystals),
            ParityPlot.DrawDensity(crystals),
            .. summary.Reliability.Count > 0 ? [ReliabilityPlot.Draw(summary.Reliability)] : Array.Empty<Figure>(),
        ];
}
