using Kagome.Evaluation;
using Kagome.Evaluation.Comparisons;
using Kagome.Reports.Markdown;

namespace Kagome.Cli.Views;

/// <summary>The figures of evaluations at a glance.</summary>
internal static class EvaluationTable
{
    public static void Print(EvaluationSummary summary, TextWriter output)
    {
        EvaluationMetrics all = summary.Overall;
        int samples = summary.Origin.Samples;
        TextTable table = new("", "match rate", "95 %", "RMSE", "cRMSE");
        AddRow(table, "at 1", all.AtOne);
        AddRow(table, "at 1, valid only", all.AtOneFiltered);
        if (all.AtFive is { } five)
        {
            AddRow(table, "at 5", five);
        }

        if (samples > 1)
        {
            AddRow(table, $"at {samples}", all.AtK);
            AddRow(table, $"at {samples}, valid only", all.AtKFiltered);
        }

        AddRow(table, "METRe", all.Everyone);
        output.WriteLine(
            $"{summary.Origin.Model ?? summary.Origin.Predictions} on {summary.Origin.Data}, {summary.Origin.Split}: {all.Crystals} of {summary.CrystalsInSplit} crystals, {(samples == 1 ? "one structure" : $"up to {samples} structures")} each"
        );
        table.Write(output);
        output.WriteLine(
            $"valid: {all.Validity.Value:P1} (structure {all.StructureValidity.Value:P1}, composition {all.CompositionValidity.Value:P1})"
        );
        if (ReliabilityBin.CalibrationError(summary.Reliability) is { } error)
        {
            output.WriteLine($"probabilities are off by {error:F3} on average");
        }

        foreach (PolymorphMetrics polymorphs in summary.Polymorphs)
        {
            output.WriteLine(
                $"all {polymorphs.Structures} structures found of {polymorphs.AllFound.Value:P1} of {polymorphs.Formulas} formulas that have as many"
            );
        }

        foreach ((string source, EvaluationMetrics metrics) in summary.BySource)
        {
            output.WriteLine($"{source} came first for {metrics.Crystals}: {metrics.AtOne.Rate.Value:P1} right");
        }

        if (all.SpaceGroupAtOne is { } agreement)
        {
            output.WriteLine($"same space group: {agreement.Value:P1}");
        }
    }

    /// <summary>Finished evaluations, a row each.</summary>
    public static void Print(IReadOnlyList<ComparedEvaluation> evaluations, TextWriter output)
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

    private static void AddRow(TextTable table, string name, MatchMetrics metrics) =>
        table.Add(
            name,
            $"{metrics.Rate.Value:P2}",
            $"{metrics.Rate.Low:P1} to {metrics.Rate.High:P1}",
            metrics.Rmse is { } rmse ? $"{rmse.Value:F4}" : "-",
            $"{metrics.CorrectedRmse.Value:F4}"
        );
}
