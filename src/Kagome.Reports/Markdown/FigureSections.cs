using Kagome.Evaluation;

namespace Kagome.Reports.Markdown;

/// <summary>The sections of a report that state our own figures.</summary>
internal static class FigureSections
{
    public static string MatchRates(EvaluationSummary summary)
    {
        EvaluationMetrics all = summary.Overall;
        int samples = summary.Origin.Samples;
        MarkdownTable table = new("", "match rate in %", "RMSE", "cRMSE");
        AddRow(table, "at 1, plain", all.AtOne);
        AddRow(table, "at 1, filtered", all.AtOneFiltered);
        if (all.AtFive is { } five)
        {
            AddRow(table, "at 5, plain", five);
        }

        if (samples > 1)
        {
            AddRow(table, $"at {samples}, plain", all.AtK);
            AddRow(table, $"at {samples}, filtered", all.AtKFiltered);
        }

        AddRow(table, "METRe", all.Everyone);
        return $"""
            ## Match rates

            {table}
            Brackets hold 95 % bootstrap intervals over crystals. A prediction matches by pymatgen's StructureMatcher with {summary.Origin.Tolerances
                ?? "ltol 0.3, stol 0.5, angle_tol 10"}.
            *Plain*: every match counts. *Filtered*: it counts only where both structures are valid, in structure and composition; the share is of all crystals in
            either case. RMSE is the mean RMS displacement over matched crystals in units of (V/N)^(1/3), cRMSE that over all crystals, with stol for those without a
            match. METRe compares every crystal with all predictions of its composition, whichever polymorph they were made for ([arXiv 2509.12178](https://arxiv.org/abs/2509.12178)).

            """;
    }

    public static string Validity(EvaluationSummary summary)
    {
        EvaluationMetrics all = summary.Overall;
        MarkdownTable table = new("", "share in %");
        table.Add(
            "valid structure (atoms at least 0.5 Å apart, volume at least 0.1 Å³)",
            FigureText.Share(all.StructureValidity)
        );
        table.Add(
            "valid composition (SMACT: neutral, anions more electronegative)",
            FigureText.Share(all.CompositionValidity)
        );
        table.Add("both", FigureText.Share(all.Validity));
        if (all.SpaceGroupAtOne is not null)
        {
            table.Add("space group of the reference, at 1", FigureText.Share(all.SpaceGroupAtOne));
            table.Add(
                $"space group of the reference, any of {summary.Origin.Samples}",
                FigureText.Share(all.SpaceGroupAtK)
            );
        }

        string missing = all.SpaceGroupAtOne is null ? "Space groups were not compared.\n" : "";
        return $"""
            ## Validity and symmetry

            {table}
            {missing}
            """;
    }

    public static string Polymorphs(EvaluationSummary summary)
    {
        if (summary.Polymorphs.Count == 0)
        {
            return "";
        }

        MarkdownTable table = new("structures", "formulas", "all found, %", "found of a formula's, %");
        foreach (PolymorphMetrics polymorphs in summary.Polymorphs)
        {
            table.Add(
                $"{polymorphs.Structures}",
                $"{polymorphs.Formulas}",
                FigureText.Share(polymorphs.AllFound),
                FigureText.Share(polymorphs.Found)
            );
        }

        return $"""
            ## Polymorphs

            {table}
            Formulas with several different structures in the data, and how many of these are among all predictions of the formula: {summary.Origin.Samples} for each of its crystals.

            """;
    }

    public static string Groups(string title, string heading, IReadOnlyList<GroupMetrics> groups, int samples)
    {
        if (groups.Count == 0)
        {
            return "";
        }

        bool hasSeveral = samples > 1;
        string[] several = hasSeveral ? [$"at {samples}, plain", $"at {samples}, filtered"] : [];
        MarkdownTable table = new([
            heading,
            "crystals",
            "at 1, plain",
            "at 1, filtered",
            .. several,
            "RMSE at 1",
            "valid",
        ]);
        foreach ((string group, EvaluationMetrics metrics) in groups)
        {
            string[] best = hasSeveral
                ? [FigureText.Share(metrics.AtK.Rate), FigureText.Share(metrics.AtKFiltered.Rate)]
                : [];
            table.Add([
                group,
                $"{metrics.Crystals}",
                FigureText.Share(metrics.AtOne.Rate),
                FigureText.Share(metrics.AtOneFiltered.Rate),
                .. best,
                FigureText.Distance(metrics.AtOne.Rmse),
                FigureText.Share(metrics.Validity),
            ]);
        }

        return $"## {title}\n\n{table}\n";
    }

    private static void AddRow(MarkdownTable table, string name, MatchMetrics metrics) =>
        table.Add(
            name,
            FigureText.Share(metrics.Rate),
            FigureText.Distance(metrics.Rmse),
            FigureText.Distance(metrics.CorrectedRmse)
        );
}
