using Kagome.Cli.Output;
using Kagome.Reports.Comparisons;
using Kagome.Reports.Plots;

namespace Kagome.Cli.Evaluation;

/// <summary>Puts finished evaluations side by side.</summary>
internal static class CompareEvaluations
{
    private const string DefaultFolder = "evaluations/comparison";
    private const string PageName = "comparison.md";

    public static int Run(IReadOnlyList<string> folders, string? outputFolder, bool printsJson, CommandStreams streams)
    {
        ComparedEvaluation[] evaluations = [.. folders.Select(Read)];
        EvaluationFolder output = new(outputFolder ?? DefaultFolder);
        Directory.CreateDirectory(output.Root);
        Figure? figure = MatchRateByStepsPlot.Draw(evaluations);
        if (figure is not null)
        {
            output.Write(figure);
        }

        output.Write(PageName, ComparisonReport.Write(evaluations, figure));
        if (printsJson)
        {
            streams.Output.WriteLine(JsonText.Format(evaluations));
            return ExitCode.Success;
        }

        Print(evaluations, streams.Output);
        streams.Output.WriteLine($"{ComparisonReport.Warning(evaluations)}Page: {output.PathOf(PageName)}");
        return ExitCode.Success;
    }

    private static ComparedEvaluation Read(string folder) =>
        new(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            new EvaluationFolder(folder).ReadSummary()
        );

    private static void Print(IEnumerable<ComparedEvaluation> evaluations, TextWriter output)
    {
        TextTable table = new(
            "",
            "of",
            "crystals",
            "samples",
            "steps",
            "at 1",
            "at 1, valid only",
            "best",
            "s/structure"
        );
        foreach (ComparedEvaluation evaluation in evaluations)
        {
            var (origin, all) = (evaluation.Summary.Origin, evaluation.Summary.Overall);
            table.Add(
                evaluation.Name,
                evaluation.Subject,
                $"{all.Crystals}",
                $"{origin.Samples}",
                $"{origin.Steps}",
                $"{all.AtOne.Rate.Value:P2}",
                $"{all.AtOneFiltered.Rate.Value:P2}",
                $"{all.AtK.Rate.Value:P2}",
                $"{evaluation.SecondsPerStructure:F2}"
            );
        }

        table.Write(output);
    }
}
