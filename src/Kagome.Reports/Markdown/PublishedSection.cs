using Kagome.Evaluation;
using Kagome.Reports.Published;

namespace Kagome.Reports.Markdown;

/// <summary>Our figures beside the published ones, and what keeps them from being the same measurement.</summary>
internal static class PublishedSection
{
    private const string Unchecked = "†";

    public static string Write(EvaluationSummary summary)
    {
        if (summary.Benchmark is not { } benchmark)
        {
            return $"""
                ## Beside published results

                The data are not known to be one of the benchmarks {string.Join(
                    ", ",
                    Benchmark.Names
                )}; name the one that they are to see its published figures here.


                """;
        }

        int[] counts = [.. new[] { 1, summary.Origin.Samples }.Distinct()];
        string tables = string.Concat(counts.Select(samples => Table(summary, benchmark, samples)));
        return $"""
            ## Beside published results on {benchmark}

            {tables}
            {Unchecked} quoted second-hand and not checked against its paper. DiffCSP's and DAO's figures are of the filtered kind, and so are those of most that build on their code.

            ### What differs

            {Differences(summary)}

            """;
    }

    private static string Table(EvaluationSummary summary, string benchmark, int samples)
    {
        IReadOnlyList<PublishedResult> published = PublishedResults.Of(benchmark, samples);
        if (published.Count == 0)
        {
            return $"Nothing published is known here for {samples} structures of each crystal.\n\n";
        }

        MarkdownTable table = new("", "match rate in %", "RMSE", "steps", "weights", "remark", "source");
        bool isFirst = samples == 1;
        AddOurs(table, summary, isFirst ? summary.Overall.AtOneFiltered : summary.Overall.AtKFiltered, "filtered");
        AddOurs(table, summary, isFirst ? summary.Overall.AtOne : summary.Overall.AtK, "plain");
        foreach (PublishedResult result in published)
        {
            table.Add(
                $"{result.Model} ({result.Year})",
                $"{result.MatchRate:F2}{(result.IsChecked ? "" : Unchecked)}",
                result.Rmse is { } rmse ? $"{rmse:F4}" : FigureText.None,
                result.Steps is { } steps ? $"{steps}" : FigureText.None,
                result.Parameters.Length > 0 ? result.Parameters : FigureText.None,
                result.Remark.Length > 0 ? result.Remark : FigureText.None,
                result.Source
            );
        }

        return $"{samples} {(samples == 1 ? "structure" : "structures")} of each crystal, published figures on the whole test split:\n\n{table}\n";
    }

    private static void AddOurs(MarkdownTable table, EvaluationSummary summary, MatchMetrics metrics, string kind) =>
        table.Add(
            $"**{summary.Origin.Model ?? summary.Origin.Predictions}, {kind}**",
            $"**{100 * metrics.Rate.Value:F2}** ({100 * metrics.Rate.Low:F1} to {100 * metrics.Rate.High:F1})",
            metrics.Rmse is { } rmse ? $"{rmse.Value:F4}" : FigureText.None,
            summary.Origin.Steps is { } steps ? $"{steps}" : FigureText.None,
            FigureText.None,
            $"{summary.Overall.Crystals} crystals",
            "this run"
        );

    private static string Differences(EvaluationSummary summary) =>
        string.Concat(DifferencesOf(summary).Select(difference => $"- {difference}\n"));

    private static IEnumerable<string> DifferencesOf(EvaluationSummary summary)
    {
        EvaluationOrigin origin = summary.Origin;
        yield return summary.Overall.Crystals == summary.CrystalsInSplit
            ? $"Crystals: all {summary.CrystalsInSplit} of the {origin.Split} split of {origin.Data}, as far as that file is the benchmark's."
            : $"Crystals: {summary.Overall.Crystals} of the {summary.CrystalsInSplit} of the {origin.Split} split (a limit was set); the published figures are of all.";
        if (origin.Split != "test")
        {
            yield return $"Split: {origin.Split}; the published figures are of the test split.";
        }

        if (origin.Steps is { } steps)
        {
            yield return $"Steps: {steps}; the published ones are in the table, and a step of DiffCSP's and DAO's samplers calls the network twice, as ours does.";
        }

        if (summary.UnreadableEntries > 0)
        {
            yield return $"Unreadable: {summary.UnreadableEntries} entries of the data could not be read and are left out.";
        }

        yield return "Training: what a model was trained on is its own; see its page, and mind crystals of the test split that it may have seen.";
        yield return "Filter: oxidation states are ours (`docs/decisions/0003`), SMACT's table differs in details; an atom and its own periodic copies count as a pair in the shortest distance.";
        yield return "Runs: one seed here; several papers give the mean of three.";
    }
}
