using System.Globalization;
using Kagome.Crystals.Elements;
using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>How many crystals of a data set hold each element, as a periodic table: the darker, the more, by the square root.</summary>
internal static class ElementTablePlot
{
    private const int PeriodCount = 7;
    private const int GroupCount = 18;

    /// <summary>The f block stands below, where it leaves groups 1 and 2 free.</summary>
    private const double FirstFRow = PeriodCount + 1.5;

    private const int FirstFPeriod = 6;
    private const int FirstFColumn = 3;
    private const int Lanthanum = 57;
    private const int Actinium = 89;
    private const float SymbolSize = 12;
    private const float CountSize = 7.5f;

    /// <summary>The depth of colour of a single crystal, so that it can be told from none.</summary>
    private const double PalestShare = 0.06;

    /// <summary>From here on, symbols are white.</summary>
    private const double DarkShare = 0.55;

    /// <summary>Draws the table, with all elements.</summary>
    /// <param name="crystals">By element; those that are absent count as 0.</param>
    public static Figure Draw(IReadOnlyDictionary<Element, int> crystals)
    {
        Plot plot = PaperStyle.CreateWithoutAxes();
        int most = crystals.Values.Append(1).Max();
        foreach (Element element in Element.All)
        {
            AddElement(plot, element, crystals.GetValueOrDefault(element), most);
        }

        plot.Axes.SetLimits(0.3, GroupCount + 0.7, -(FirstFRow + 1.7), -0.3);
        return new Figure(
            "elements",
            plot,
            $"Crystals that hold each element ({crystals.Count} elements); darker by the square root of the count, {most} at most."
        )
        {
            PixelWidth = 1600,
            PixelHeight = 920,
        };
    }

    private static void AddElement(Plot plot, Element element, int count, int most)
    {
        (double column, double row) = Place(element.Data);
        double share = count == 0 ? 0 : PalestShare + ((1 - PalestShare) * Math.Sqrt((double)count / most));
        ScottPlot.Plottables.Rectangle cell = plot.Add.Rectangle(
            column - 0.48,
            column + 0.48,
            -row - 0.48,
            -row + 0.48
        );
        cell.FillColor = Colors.White.MixedWith(PaperStyle.Blue, share);
        cell.LineColor = PaperStyle.Grey;
        cell.LineWidth = 0.5f;
        Color ink =
            share >= DarkShare ? Colors.White
            : count == 0 ? PaperStyle.Grey
            : PaperStyle.Ink;
        PaperStyle.AddText(plot, element.Symbol, column, -row + 0.12, SymbolSize, ink);
        if (count > 0)
        {
            PaperStyle.AddText(plot, Short(count), column, -row - 0.28, CountSize, ink);
        }
    }

    private static (double Column, double Row) Place(ElementData element) =>
        element.Group is { } group
            ? (group, element.Period)
            : (
                FirstFColumn + element.AtomicNumber - (element.Period == FirstFPeriod ? Lanthanum : Actinium),
                FirstFRow + element.Period - FirstFPeriod
            );

    /// <summary>Three digits or so: 999, 1.2k, 34k.</summary>
    private static string Short(int count) =>
        count switch
        {
            < 1000 => count.ToString(CultureInfo.InvariantCulture),
            < 10_000 => $"{count / 1000.0:F1}k",
            < 1_000_000 => $"{count / 1000}k",
            _ => $"{count / 1_000_000.0:F1}M",
        };
}
