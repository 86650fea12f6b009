using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>Predicted against known energies of crystals.</summary>
internal static class EnergyParityPlot
{
    private const double Margin = 0.03;
    private const int Side = 1000;
    private const double ShownShare = 0.995;

    /// <summary>Draws the plot; its caption tells the mean absolute error.</summary>
    /// <param name="known">One for each crystal; at least one.</param>
    /// <param name="predicted">In the same order.</param>
    /// <param name="quantity">Such as "energy above hull".</param>
    /// <param name="unit">Of both.</param>
    public static Figure Draw(
        IReadOnlyList<double> known,
        IReadOnlyList<double> predicted,
        string quantity,
        string unit
    )
    {
        Plot plot = PaperStyle.Create($"Known {quantity} ({unit})", $"Predicted {quantity} ({unit})");
        (double low, double high) = Limits([.. known, .. predicted]);
        plot.Add.Line(low, low, high, high).LineStyle = new LineStyle(1, PaperStyle.Grey);
        plot.Add.Markers(
            known.ToArray(),
            predicted.ToArray(),
            MarkerShape.FilledCircle,
            size: 4,
            PaperStyle.Blue.WithAlpha(0.4)
        );
        plot.Axes.SetLimits(low, high, low, high);
        int outside = known.Zip(predicted).Count(pair => Math.Max(pair.First, pair.Second) > high);
        double error = known.Zip(predicted, (label, value) => Math.Abs(label - value)).Average();
        string rest = outside > 0 ? $" {outside} lie outside the frame." : "";
        return new Figure(
            "energy-parity",
            plot,
            $"Predicted against known {quantity} of {known.Count} crystals; mean absolute error {error:F4} {unit}.{rest}"
        )
        {
            PixelWidth = Side,
            PixelHeight = Side,
        };
    }

    /// <summary>What nearly all span: a few absurd energies must not squeeze the others into a corner.</summary>
    private static (double Low, double High) Limits(double[] values)
    {
        double[] sorted = [.. values.Order()];
        double low = sorted[0];
        double high = sorted[(int)(ShownShare * (sorted.Length - 1))];
        double margin = Math.Max(Margin * (high - low), 1e-3);
        return (low - margin, high + margin);
    }
}
