using Kagome.Evaluation;
using Kagome.Evaluation.Comparisons;
using Kagome.Formats;
using Kagome.Reports.Plots;

namespace Kagome.Reports.Markdown;

/// <summary>Several evaluations side by side, as a page of Markdown.</summary>
public static class ComparisonReport
{
    private const string FileName = "comparison.md";

    /// <summary>Writes comparison.md and its plot into a folder.</summary>
    /// <param name="folder">Made where it is absent.</param>
    /// <param name="evaluations">At least one, in the order of the table.</param>
    /// <returns>The path of comparison.md.</returns>
    /// <exception cref="IOException">The folder cannot be made, or the disk is full.</exception>
    public static string WriteTo(string folder, IReadOnlyList<ComparedEvaluation> evaluations)
    {
        Directory.CreateDirectory(folder);
        Figure? figure = MatchRateByStepsPlot.Draw(evaluations);
        figure?.WriteTo(folder);
        string path = Path.Combine(folder, FileName);
        AtomicFile.Write(path, Write(evaluations, figure));
        return path;
    }

    /// <summary>The page as text.</summary>
    /// <param name="evaluations">At least one, in the order of the table.</param>
    /// <param name="figure">The plot beside the page; null where nothing was sampled in steps.</param>
    public static string Write(IReadOnlyList<ComparedEvaluation> evaluations, Figure? figure)
    {
        MarkdownTable table = new(
            "",
            "of",
            "crystals",
            "samples",
            "steps",
            "at 1, plain",
            "at 1, filtered",
            "best, plain",
            "best, filtered",
            "RMSE at 1",
            "valid",
            "s/structure"
        );
        foreach (ComparedEvaluation evaluation in evaluations)
        {
            table.Add(Row(evaluation));
        }

        string plot = figure is null
            ? ""
            : $"![{figure.Caption}]({figure.PngName})\n\n{figure.Caption} ([SVG]({figure.SvgName}))\n";
        return $"""
            # Evaluations side by side

            {table}
            Match rates and shares in % with 95 % bootstrap intervals; *best* is of all samples. Seconds are those of all threads together.
            {Warning(evaluations)}{Paired(evaluations)}
            {plot}
            """.ReplaceLineEndings("\n");
    }

    /// <summary>What keeps the rows from being compared; empty where nothing does.</summary>
    public static string Warning(IReadOnlyList<ComparedEvaluation> evaluations) =>
        evaluations.Select(evaluation => evaluation.Summary.Origin.DataFingerprint).Distinct().Count() > 1
            ? "These evaluations are not of the same crystals: differences may come from there.\n"
            : "";

    /// <summary>Differences to the first evaluation; empty where there is none to tell.</summary>
    public static string Paired(IReadOnlyList<ComparedEvaluation> evaluations)
    {
        ComparedEvaluation[] others = [.. evaluations.Where(evaluation => evaluation.ToFirst is not null)];
        if (others.Length == 0)
        {
            return "";
        }

        MarkdownTable table = new(
            $"less {evaluations[0].Name}",
            "crystals",
            "first matched, points",
            "any matched, points",
            "valid, points",
            "crystals with energies",
            "predicted energy of the first, eV/atom",
            "change, eV/atom"
        );
        foreach (ComparedEvaluation other in others)
        {
            PairedDifference difference = other.ToFirst!;
            table.Add(
                other.Name,
                $"{difference.Crystals}",
                FigureText.Share(difference.MatchRate),
                FigureText.Share(difference.MatchRateAtK),
                FigureText.Share(difference.Validity),
                $"{difference.CrystalsWithEnergy}",
                FigureText.Distance(difference.EnergyBefore),
                FigureText.Distance(difference.Energy)
            );
        }

        return $"""

            Paired, crystal by crystal, so that what the crystals and the noise have in common falls out (95 % bootstrap intervals over crystals; validity and energies of all samples,
            energies where there are two):

            {table}
            """;
    }

    private static string[] Row(ComparedEvaluation evaluation)
    {
        EvaluationOrigin origin = evaluation.Summary.Origin;
        EvaluationMetrics all = evaluation.Summary.Overall;
        return
        [
            evaluation.Name,
            $"{evaluation.Subject} on {origin.Data}",
            $"{all.Crystals}",
            $"{origin.Samples}",
            origin.Steps is { } steps ? $"{steps}" : FigureText.None,
            FigureText.Share(all.AtOne.Rate),
            FigureText.Share(all.AtOneFiltered.Rate),
            FigureText.Share(all.AtK.Rate),
            FigureText.Share(all.AtKFiltered.Rate),
            FigureText.Distance(all.AtOne.Rmse),
            FigureText.Share(all.Validity),
            evaluation.SecondsPerStructure is { } seconds ? $"{seconds:F2}" : FigureText.None,
        ];
    }
}
