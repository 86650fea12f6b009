using Kagome.Evaluation;
using Kagome.Evaluation.Comparisons;
using ScottPlot;

namespace Kagome.Reports.Plots;

/// <summary>What fewer steps of the sampler cost: match rate against steps, a line for each model and number of samples.</summary>
internal static class MatchRateByStepsPlot
{
    private const double Percent = 100;

    /// <summary>Draws the plot; null where no evaluation was sampled in steps.</summary>
    public static Figure? Draw(IReadOnlyList<ComparedEvaluation> evaluations)
    {
        ComparedEvaluation[] sampled =
        [
            .. evaluations
                .Where(evaluation => evaluation.Summary.Origin.Steps is not null)
                .OrderBy(evaluation => evaluation.Summary.Origin.Steps),
        ];
        if (sampled.Length == 0)
        {
            return null;
        }

        Plot plot = PaperStyle.Create("Steps of the sampler", "Match rate (%)");
        Color[] colors = [PaperStyle.Blue, PaperStyle.Orange, PaperStyle.Vermilion, PaperStyle.Green, PaperStyle.Grey];
        int next = 0;
        foreach (IGrouping<string, ComparedEvaluation> series in sampled.GroupBy(Series))
        {
            AddLine(plot, series.Key, [.. series], colors[next++ % colors.Length]);
        }

        int[] steps = [.. sampled.Select(evaluation => evaluation.Summary.Origin.Steps!.Value).Distinct()];
        plot.Axes.Bottom.SetTicks([.. steps.Select(Place)], [.. steps.Select(count => $"{count}")]);
        plot.Axes.SetLimitsX(Place(steps[0]) - 0.1, Place(steps[^1]) + 0.1);
        plot.Axes.SetLimitsY(0, Top(sampled));
        PaperStyle.ShowLegend(plot, Alignment.UpperLeft);
        return new Figure(
            "match-rate-by-steps",
            plot,
            "Match rate by the steps of the sampler (logarithmic), with 95 % bootstrap intervals."
        );
    }

    private static string Series(ComparedEvaluation evaluation)
    {
        EvaluationOrigin origin = evaluation.Summary.Origin;
        return origin.Samples == 1 ? evaluation.Subject : $"{evaluation.Subject}, best of {origin.Samples}";
    }

    private static void AddLine(Plot plot, string name, ComparedEvaluation[] series, Color color)
    {
        double[] places = [.. series.Select(evaluation => Place(evaluation.Summary.Origin.Steps!.Value))];
        Estimate[] rates = [.. series.Select(evaluation => evaluation.Summary.Overall.AtK.Rate)];
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(
            places,
            rates.Select(rate => Percent * rate.Value).ToArray(),
            color
        );
        line.LegendText = name;
        line.MarkerSize = 6;
        line.LineWidth = 1.5f;
        PaperStyle.AddIntervals(plot, places, rates, Percent, color);
    }

    private static double Place(int steps) => Math.Log10(steps);

    private static double Top(ComparedEvaluation[] sampled) =>
        Math.Clamp(
            Math.Ceiling(11 * sampled.Max(evaluation => evaluation.Summary.Overall.AtK.Rate.High)) * 10,
            10,
            100
        );
}
