using Kagome.Cli.Energies;
using Kagome.Cli.Output;
using Kagome.Evaluation.Metrics;
using Kagome.Reports.Comparisons;
using Kagome.Reports.Plots;

namespace Kagome.Cli.Evaluation;

/// <summary>Puts finished evaluations side by side.</summary>
internal static class CompareEvaluations
{
    private const string DefaultFolder = "evaluations/comparison";
    private const string PageName = "comparison.md";

    public static int Run(ComparisonRequest request, CommandStreams streams, CancellationToken cancellation)
    {
        using EnergyModel? predictor = request.Predictor is { } name ? EnergyModel.Load(name, request.Device) : null;
        ComparedEvaluation[] evaluations = Read(request.Folders, predictor, streams.Error, cancellation);
        EvaluationFolder output = new(request.OutputFolder ?? DefaultFolder);
        Directory.CreateDirectory(output.Root);
        Figure? figure = MatchRateByStepsPlot.Draw(evaluations);
        if (figure is not null)
        {
            output.Write(figure);
        }

        output.Write(PageName, ComparisonReport.Write(evaluations, figure));
        if (request.PrintsJson)
        {
            streams.Output.WriteLine(JsonText.Format(evaluations));
            return ExitCode.Success;
        }

        Print(evaluations, streams.Output);
        streams.Output.WriteLine($"{ComparisonReport.Warning(evaluations)}Page: {output.PathOf(PageName)}");
        return ExitCode.Success;
    }

    private static ComparedEvaluation[] Read(
        IReadOnlyList<string> paths,
        EnergyModel? predictor,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        EvaluationFolder[] folders = [.. paths.Select(path => new EvaluationFolder(path))];
        EvaluationSummary[] summaries = [.. folders.Select(folder => folder.ReadSummary())];
        Dictionary<(string, int), SampleOutcome>[] samples =
        [
            .. folders.Select(folder => ComparedSamples.Read(folder, predictor, error, cancellation)),
        ];
        int seed = unchecked((int)summaries[0].Origin.Seed);
        return
        [
            .. folders.Select(
                (folder, at) =>
                    new ComparedEvaluation(
                        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Root))),
                        summaries[at],
                        at > 0 ? PairedDifference.Of(samples[0], samples[at], seed) : null
                    )
            ),
        ];
    }

    private static void Print(IReadOnlyList<ComparedEvaluation> evaluations, TextWriter output)
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
        output.WriteLine(ComparisonReport.Paired(evaluations).Trim());
    }
}
