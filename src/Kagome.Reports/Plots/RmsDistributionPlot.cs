using Kagome.Evaluation;
using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>How closely the matched crystals are matched.</summary>
internal static class RmsDistributionPlot
{
    private const int BinCount = 25;

    public static Figure Draw(EvaluationSummary summary, IReadOnlyList<CrystalResult> crystals, double stol)
    {
        Plot plot = PaperStyle.Create("Normalised RMS displacement", "Crystals");
        int samples = summary.Origin.Samples;
        int highest = 1;
        if (samples > 1)
        {
            double[] best = [.. crystals.Select(crystal => crystal.SmallestRms(int.MaxValue)).OfType<double>()];
            highest = AddHistogram(plot, best, stol, $"best of {samples}", PaperStyle.Orange);
        }

        double[] first = [.. crystals.Select(crystal => crystal.SmallestRms(1)).OfType<double>()];
        highest = Math.Max(highest, AddHistogram(plot, first, stol, "1 sample", PaperStyle.Blue));
        if (summary.Overall.AtOne.Rmse is { } rmse)
        {
            ScottPlot.Plottables.VerticalLine mean = plot.Add.VerticalLine(
                rmse.Value,
                1,
                PaperStyle.Ink,
                LinePattern.DenselyDashed
            );
            mean.LegendText = $"RMSE of 1 sample: {rmse.Value:F4}";
        }

        PaperStyle.ShowLegend(plot, Alignment.UpperRight);
        plot.Axes.SetLimits(0, stol, 0, Math.Ceiling(1.15 * highest));
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        return new Figure(
            "rms-distribution",
            plot,
            $"RMS displacement in units of (V/N)^(1/3) of the {first.Length} of {crystals.Count} crystals that the first sample matches (at most {stol}, the matcher's stol)."
        );
    }

    /// <returns>The count of the fullest bin.</returns>
    private static int AddHistogram(Plot plot, double[] values, double stol, string name, Color color)
    {
        double width = stol / BinCount;
        int[] counts = new int[BinCount];
        foreach (double value in values)
        {
            counts[Math.Clamp((int)(value / width), 0, BinCount - 1)]++;
        }

        Bar[] bars =
        [
            .. counts.Select(
                (count, at) =>
                    new Bar
                    {
                        Position = (at + 0.5) * width,
                        Value = count,
                        Size = width,
                        FillColor = color,
                        LineColor = Colors.White,
                        LineWidth = 0.5f,
                    }
            ),
        ];
        plot.Add.Bars(bars).LegendText = name;
        return counts.Max();
    }
}
