using System.Globalization;
using Kagome.Campaigns.Merging;
using Kagome.Reports.Plots;
using ScottPlot;

namespace Kagome.Reports.Campaigns;

/// <summary>The plots of a campaign.</summary>
internal static class CampaignFigures
{
    private const int EnergyBins = 40;
    private const int ProbabilityBins = 20;

    /// <summary>Energies beyond this share of all are counted and not drawn, so that few high ones do not squeeze the rest.</summary>
    private const double DrawnShare = 0.99;

    private static readonly string[] Systems =
    [
        "triclinic",
        "monoclinic",
        "orthorhombic",
        "tetragonal",
        "trigonal",
        "hexagonal",
        "cubic",
    ];

    /// <summary>Those that there are numbers for.</summary>
    public static IReadOnlyList<Figure> Draw(CampaignSummary summary) =>
        [.. new[] { Energies(summary), Probabilities(summary), CrystalSystems(summary) }.OfType<Figure>()];

    private static Figure? Energies(CampaignSummary summary)
    {
        double[] all = [.. summary.FirstEnergies.Where(double.IsFinite).Order()];
        if (all.Length == 0)
        {
            return null;
        }

        double low = Math.Min(0, all[0]);
        double high = Math.Max(all[(int)(DrawnShare * (all.Length - 1))], low + 0.1);
        double[] drawn = [.. all.Where(energy => energy <= high)];
        string beyond =
            drawn.Length < all.Length
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $" {all.Length - drawn.Length} {(all.Length - drawn.Length == 1 ? "is" : "are")} above {high:F2} eV/atom."
                )
                : "";
        return new Figure(
            "energies",
            Histogram(
                "Energy above hull of the first crystal (eV/atom)",
                drawn,
                low,
                high,
                EnergyBins,
                PaperStyle.Blue
            ),
            $"Predicted energy above the hull of the first crystal of each of {all.Length} formulas.{beyond}"
        );
    }

    private static Figure? Probabilities(CampaignSummary summary) =>
        summary.FirstProbabilities.Count == 0
            ? null
            : new Figure(
                "probabilities",
                Histogram(
                    "Probability of the first crystal",
                    [.. summary.FirstProbabilities],
                    0,
                    1,
                    ProbabilityBins,
                    PaperStyle.Green
                ),
                $"Estimated probability that the first crystal is the right one, for {summary.FirstProbabilities.Count} formulas."
            );

    private static Figure? CrystalSystems(CampaignSummary summary)
    {
        if (summary.FirstSystems.Count == 0)
        {
            return null;
        }

        Plot plot = PaperStyle.Create("", "Formulas");
        double[] counts = [.. Systems.Select(system => (double)summary.FirstSystems.GetValueOrDefault(system))];
        plot.Add.Bars(counts.Select((count, at) => Bar(at, count, 0.7, PaperStyle.Orange)).ToArray());
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. Systems.Select((_, at) => (double)at)],
            Systems
        );
        plot.Axes.Bottom.TickLabelStyle.Rotation = 30;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
        plot.Axes.Bottom.MinimumSize = 80;
        SetLimits(plot, -0.6, Systems.Length - 0.4, counts.Max());
        return new Figure(
            "crystal-systems",
            plot,
            $"Crystal system of the first crystal of each of {summary.FirstSystems.Values.Sum()} formulas."
        );
    }

    private static Plot Histogram(string label, double[] values, double low, double high, int bins, Color color)
    {
        Plot plot = PaperStyle.Create(label, "Formulas");
        double width = (high - low) / bins;
        int[] counts = new int[bins];
        foreach (double value in values)
        {
            counts[Math.Clamp((int)((value - low) / width), 0, bins - 1)]++;
        }

        plot.Add.Bars(counts.Select((count, at) => Bar(low + ((at + 0.5) * width), count, width, color)).ToArray());
        SetLimits(plot, low, high, counts.Max());
        return plot;
    }

    private static Bar Bar(double position, double value, double size, Color color) =>
        new()
        {
            Position = position,
            Value = value,
            Size = size,
            FillColor = color,
            LineColor = Colors.White,
            LineWidth = 0.5f,
        };

    private static void SetLimits(Plot plot, double left, double right, double highest)
    {
        plot.Axes.SetLimits(left, right, 0, Math.Max(1, 1.08 * highest));
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
    }
}
