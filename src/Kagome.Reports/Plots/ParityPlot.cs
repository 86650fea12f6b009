using Kagome.Evaluation;
using Kagome.Evaluation.Scoring;
using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>A number of the predicted structure against that of the reference, first samples alone.</summary>
internal static class ParityPlot
{
    private const double Margin = 0.05;
    private const int Side = 1000;

    public static Figure DrawVolume(IReadOnlyList<CrystalResult> crystals) =>
        Draw(
            "volume-parity",
            "volume per atom",
            "Å³/atom",
            [.. Points(crystals, sample => sample.ReferenceVolumePerAtom, sample => sample.VolumePerAtom)]
        );

    public static Figure DrawDensity(IReadOnlyList<CrystalResult> crystals) =>
        Draw(
            "density-parity",
            "density",
            "g/cm³",
            [.. Points(crystals, sample => sample.ReferenceDensity, sample => sample.Density)]
        );

    private static IEnumerable<Point> Points(
        IReadOnlyList<CrystalResult> crystals,
        Func<SampleScore, double> reference,
        Func<SampleScore, double?> predicted
    ) =>
        from crystal in crystals
        let sample = crystal.Samples[0]
        let value = predicted(sample)
        where value is not null
        select new Point(reference(sample), value.Value, sample.Rms is not null);

    private static Figure Draw(string name, string quantity, string unit, Point[] points)
    {
        Plot plot = PaperStyle.Create($"Reference {quantity} ({unit})", $"Predicted {quantity} ({unit})");
        (double low, double high) = Limits(points);
        plot.Add.Line(low, low, high, high).LineStyle = new LineStyle(1, PaperStyle.Grey);
        AddMarkers(
            plot,
            [.. points.Where(point => !point.IsMatch)],
            "no match",
            PaperStyle.Vermilion,
            MarkerShape.OpenCircle
        );
        AddMarkers(plot, [.. points.Where(point => point.IsMatch)], "match", PaperStyle.Blue, MarkerShape.FilledCircle);
        if (points.Length > 0)
        {
            PaperStyle.ShowLegend(plot, Alignment.UpperLeft);
        }

        plot.Axes.SetLimits(low, high, low, high);
        return new Figure(name, plot, Caption(quantity, points, high)) { PixelWidth = Side, PixelHeight = Side };
    }

    private static string Caption(string quantity, Point[] points, double high)
    {
        if (points.Length == 0)
        {
            return $"No first sample has a {quantity}.";
        }

        double[] errors =
        [
            .. points.Select(point => Math.Abs(point.Predicted - point.Reference) / point.Reference).Order(),
        ];
        int outside = points.Count(point => point.Predicted > high);
        string rest = outside switch
        {
            0 => "",
            1 => " One prediction lies above the frame.",
            _ => $" {outside} predictions lie above the frame.",
        };
        return $"Predicted against reference {quantity} of the {points.Length} first samples; half of them are within {errors[errors.Length / 2]:P1}.{rest}";
    }

    private static void AddMarkers(Plot plot, Point[] points, string name, Color color, MarkerShape shape)
    {
        if (points.Length == 0)
        {
            return;
        }

        ScottPlot.Plottables.Markers markers = plot.Add.Markers(
            points.Select(point => point.Reference).ToArray(),
            points.Select(point => point.Predicted).ToArray(),
            shape,
            size: 6,
            color.WithAlpha(0.75)
        );
        markers.LegendText = $"{name} ({points.Length})";
    }

    /// <summary>What the references span, and most predictions: one absurd structure must not squeeze all others into a corner.</summary>
    private static (double Low, double High) Limits(Point[] points)
    {
        if (points.Length == 0)
        {
            return (0, 1);
        }

        double[] predicted = [.. points.Select(point => point.Predicted).Order()];
        double most = predicted[(int)(0.98 * (predicted.Length - 1))];
        double high = Math.Max(
            points.Max(point => point.Reference),
            Math.Min(most, 2 * points.Max(point => point.Reference))
        );
        double low = Math.Min(points.Min(point => point.Reference), predicted[0]);
        double margin = Math.Max(Margin * (high - low), 1e-6);
        return (Math.Max(0, low - margin), high + margin);
    }

    private readonly record struct Point(double Reference, double Predicted, bool IsMatch);
}
