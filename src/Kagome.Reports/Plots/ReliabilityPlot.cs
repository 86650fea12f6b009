using Kagome.Evaluation;
using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>How often first structures are right, against the probability that they were given.</summary>
internal static class ReliabilityPlot
{
    private const int Side = 1000;

    public static Figure Draw(IReadOnlyList<ReliabilityBin> bins)
    {
        Plot plot = PaperStyle.Create("Probability that was said", "Share that was right");
        plot.Add.Line(0, 0, 1, 1).LineStyle = new LineStyle(1, PaperStyle.Grey);
        double[] said = [.. bins.Select(bin => bin.Probability)];
        plot.Add.Markers(
            said,
            bins.Select(bin => bin.Right.Value).ToArray(),
            MarkerShape.FilledCircle,
            size: 7,
            PaperStyle.Blue
        );
        PaperStyle.AddIntervals(plot, said, [.. bins.Select(bin => bin.Right)], 1, PaperStyle.Blue);
        plot.Axes.SetLimits(0, 1, 0, 1.02);
        return new Figure(
            "reliability",
            plot,
            $"How often the first structure was right, by the probability that it was given, with 95 % bootstrap intervals: {bins.Sum(bin => bin.Crystals)} crystals in {bins.Count} bins. On the line, probabilities mean what they say; on average they are off by {ReliabilityBin.CalibrationError(bins):F3}."
        )
        {
            PixelWidth = Side,
            PixelHeight = Side,
        };
    }
}
