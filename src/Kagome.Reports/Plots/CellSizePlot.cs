using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>How many crystals of a data set have cells of each size.</summary>
internal static class CellSizePlot
{
    /// <summary>Draws the histogram; large cells share bars.</summary>
    /// <param name="crystals">By the number of atoms in the cell; at least one.</param>
    public static Figure Draw(IReadOnlyDictionary<int, int> crystals)
    {
        Plot plot = PaperStyle.Create("Atoms in the cell", "Crystals");
        int largest = crystals.Keys.Max();
        int width = Math.Max(1, (int)Math.Ceiling(largest / (double)MostBars));
        Bar[] bars =
        [
            .. crystals
                .GroupBy(pair => (pair.Key - 1) / width)
                .Select(bin => new Bar
                {
                    Position = (bin.Key * width) + ((width + 1) / 2.0),
                    Value = bin.Sum(pair => pair.Value),
                    Size = width,
                    FillColor = PaperStyle.Blue,
                    LineColor = Colors.White,
                    LineWidth = 0.5f,
                }),
        ];
        plot.Add.Bars(bars);
        plot.Axes.SetLimits(0.5, largest + 0.5, 0, 1.05 * bars.Max(bar => bar.Value));
        string bins = width > 1 ? $" Each bar counts {width} sizes." : "";
        return new Figure("cell-sizes", plot, $"Atoms in the cells of {crystals.Values.Sum()} crystals.{bins}");
    }

    /// <summary>More are too thin to see.</summary>
    private const int MostBars = 120;
}
