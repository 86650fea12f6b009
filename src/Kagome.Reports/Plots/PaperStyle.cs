using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>How all plots look: a sans serif that comes with the program, thin lines, colours that everybody can tell apart.</summary>
/// <remarks>Colours: Okabe and Ito, https://jfly.uni-koeln.de/color.</remarks>
internal static class PaperStyle
{
    public const string FontName = "Liberation Sans";
    private const string FontPath = "fonts/LiberationSans-Regular.ttf";
    private const float LabelSize = 13;
    private const float TickSize = 11;
    private const double TickDensity = 0.6; // of ScottPlot's usual
    private const float LineWidth = 1;
    private const float GridWidth = 0.5f;

    /// <summary>Between an axis and the far end of its label.</summary>
    private const float LabelSpace = 56;

    static PaperStyle() => Fonts.AddFontFile(FontName, Path.Combine(AppContext.BaseDirectory, FontPath));

    public static Color Blue { get; } = Color.FromHex("#0072B2");

    public static Color Orange { get; } = Color.FromHex("#E69F00");

    public static Color Vermilion { get; } = Color.FromHex("#D55E00");

    public static Color Green { get; } = Color.FromHex("#009E73");

    public static Color Grey { get; } = Color.FromHex("#8C8C8C");

    public static Color Ink { get; } = Color.FromHex("#222222");

    /// <summary>An empty plot with labelled axes.</summary>
    public static Plot Create(string xLabel, string yLabel)
    {
        Plot plot = new();
        plot.Font.Set(FontName);
        plot.FigureBackground.Color = Colors.White;
        plot.Grid.MajorLineColor = Color.FromHex("#E6E6E6");
        plot.Grid.MajorLineWidth = GridWidth;
        plot.Axes.Color(Ink);
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        Label(plot.Axes.Bottom, xLabel);
        Label(plot.Axes.Left, yLabel);
        plot.Axes.Left.MinimumSize = LabelSpace;
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { TickDensity = TickDensity };
        plot.HideLegend();
        return plot;
    }

    /// <summary>An empty plot that fills its frame: a drawing.</summary>
    public static Plot CreateWithoutAxes()
    {
        Plot plot = Create("", "");
        plot.HideGrid();
        plot.Layout.Frameless();
        plot.Axes.Left.MinimumSize = 0;
        return plot;
    }

    /// <summary>A word at a place of the plot's own coordinates.</summary>
    public static void AddText(
        Plot plot,
        string text,
        double x,
        double y,
        float size,
        Color color,
        Alignment alignment = Alignment.MiddleCenter
    )
    {
        ScottPlot.Plottables.Text label = plot.Add.Text(text, x, y);
        label.LabelFontName = FontName;
        label.LabelFontSize = size;
        label.LabelFontColor = color;
        label.LabelAlignment = alignment;
    }

    /// <summary>A legend without a frame.</summary>
    public static void ShowLegend(Plot plot, Alignment alignment)
    {
        plot.Legend.FontName = FontName;
        plot.Legend.FontSize = TickSize;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.Legend.BackgroundColor = Colors.White.WithAlpha(0.8);
        plot.ShowLegend(alignment);
    }

    /// <summary>Where confidence intervals are.</summary>
    public static void AddIntervals(
        Plot plot,
        IReadOnlyList<double> places,
        IReadOnlyList<Kagome.Evaluation.Estimate> estimates,
        double scale,
        Color color
    )
    {
        for (int at = 0; at < places.Count; at++)
        {
            ScottPlot.Plottables.ErrorBar bar = plot.Add.ErrorBar(
                xs: [places[at]],
                ys: [scale * estimates[at].Value],
                yErrors: [0]
            );
            bar.YErrorPositive = [scale * (estimates[at].High - estimates[at].Value)];
            bar.YErrorNegative = [scale * (estimates[at].Value - estimates[at].Low)];
            bar.Color = color;
            bar.LineWidth = LineWidth;
            bar.CapSize = 4;
        }
    }

    private static void Label(IAxis axis, string text)
    {
        axis.Label.Text = text;
        axis.Label.Bold = false;
        axis.Label.FontSize = LabelSize;
        axis.Label.ForeColor = Ink;
        axis.MinorTickStyle.Length = 0;
        axis.TickLabelStyle.FontSize = TickSize;
        axis.TickLabelStyle.ForeColor = Ink;
    }
}
