using Kagome.Evaluation;
using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>Match rate against the number of atoms in the cell.</summary>
internal static class MatchRateBySizePlot
{
    private const double Percent = 100;
    private const double GroupFill = 0.8;

    /// <summary>With more groups, tick labels have no room for the counts.</summary>
    private const int MostGroupsWithCounts = 8;

    public static Figure Draw(EvaluationSummary summary)
    {
        Plot plot = PaperStyle.Create("Atoms in the cell", "Match rate (%)");
        bool hasSeveral = summary.Origin.Samples > 1;
        double width = hasSeveral ? GroupFill / 2 : GroupFill;
        double shift = hasSeveral ? width / 2 : 0;
        AddBars(plot, summary, metrics => metrics.AtOne, "1 sample", PaperStyle.Blue, width, -shift);
        if (hasSeveral)
        {
            AddBars(
                plot,
                summary,
                metrics => metrics.AtK,
                $"best of {summary.Origin.Samples}",
                PaperStyle.Orange,
                width,
                shift
            );
            PaperStyle.ShowLegend(plot, Alignment.UpperRight);
        }

        GroupMetrics[] groups = [.. summary.ByAtomCount];
        bool hasCounts = groups.Length <= MostGroupsWithCounts;
        plot.Axes.Bottom.SetTicks(
            [.. groups.Select((_, at) => (double)at)],
            [.. groups.Select(group => hasCounts ? $"{group.Group}\n(n = {group.Metrics.Crystals})" : group.Group)]
        );
        plot.Axes.SetLimitsX(-0.6 - (groups.Length == 1 ? 1 : 0), groups.Length - 0.4 + (groups.Length == 1 ? 1 : 0));
        plot.Axes.SetLimitsY(0, Top(summary));
        plot.Grid.XAxisStyle.IsVisible = false;
        return new Figure(
            "match-rate-by-size",
            plot,
            "Match rate by the number of atoms in the cell, with 95 % bootstrap intervals."
        );
    }

    private static void AddBars(
        Plot plot,
        EvaluationSummary summary,
        Func<EvaluationMetrics, MatchMetrics> choose,
        string name,
        Color color,
        double width,
        double shift
    )
    {
        Estimate[] rates = [.. summary.ByAtomCount.Select(group => choose(group.Metrics).Rate)];
        double[] places = [.. rates.Select((_, at) => at + shift)];
        Bar[] bars =
        [
            .. rates.Select(
                (rate, at) =>
                    new Bar
                    {
                        Position = places[at],
                        Value = Percent * rate.Value,
                        Size = width,
                        FillColor = color,
                        LineWidth = 0,
                    }
            ),
        ];
        plot.Add.Bars(bars).LegendText = name;
        PaperStyle.AddIntervals(plot, places, rates, Percent, PaperStyle.Ink);
    }

    /// <summary>A round number above the tallest interval.</summary>
    private static double Top(EvaluationSummary summary)
    {
        double highest = summary.ByAtomCount.Max(group =>
            Math.Max(group.Metrics.AtOne.Rate.High, group.Metrics.AtK.Rate.High)
        );
        return Math.Clamp(Math.Ceiling(11 * highest) * 10, 10, 100);
    }
}
