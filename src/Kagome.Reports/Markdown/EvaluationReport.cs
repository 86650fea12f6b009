using Kagome.Crystals.Matching;
using Kagome.Evaluation;
using Kagome.Formats;
using Kagome.Reports.Plots;

namespace Kagome.Reports.Markdown;

/// <summary>An evaluation as a page of Markdown, with its plots beside it.</summary>
public static class EvaluationReport
{
    private const string FileName = "report.md";

    /// <summary>Writes report.md and its plots into a folder.</summary>
    /// <param name="folder">The evaluation's own, or another that exists.</param>
    /// <param name="result">A finished evaluation.</param>
    /// <returns>The path of report.md.</returns>
    /// <exception cref="IOException">The folder is absent, or the disk is full.</exception>
    public static string WriteTo(string folder, EvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        IReadOnlyList<Figure> figures = EvaluationFigures.Draw(
            result.Summary,
            result.Crystals,
            MatcherOptions.Csp.Stol
        );
        foreach (Figure figure in figures)
        {
            figure.WriteTo(folder);
        }

        string path = Path.Combine(folder, FileName);
        AtomicFile.Write(path, Write(result.Summary, result.Crystals, figures));
        return path;
    }

    /// <summary>The page as text.</summary>
    /// <param name="summary">The figures.</param>
    /// <param name="crystals">What they were worked out from.</param>
    /// <param name="figures">The plots, which lie in the same folder.</param>
    public static string Write(
        EvaluationSummary summary,
        IReadOnlyList<CrystalResult> crystals,
        IReadOnlyList<Figure> figures
    )
    {
        EvaluationOrigin origin = summary.Origin;
        string plots = string.Concat(
            figures.Select(figure =>
                $"![{figure.Caption}]({figure.PngName})\n\n{figure.Caption} ([SVG]({figure.SvgName}))\n\n"
            )
        );
        return $"""
            # {Subject(origin)} on {summary.Benchmark ?? origin.Data}

            {Opening(summary)}

            {FigureSections.MatchRates(summary)}
            {PublishedSection.Write(summary)}
            {FigureSections.Validity(summary)}
            {FigureSections.Groups("By atoms in the cell", "atoms", summary.ByAtomCount, origin.Samples)}
            {FigureSections.Groups("By number of elements", "elements", summary.ByElementCount, origin.Samples)}
            {FigureSections.Groups("By energy above the hull", "eV/atom", summary.ByEnergyAboveHull, origin.Samples)}
            {FigureSections.Groups("By source of the first structure", "source", summary.BySource, origin.Samples)}
            {FigureSections.Polymorphs(summary)}
            {MissesSection.Write(crystals)}
            ## Plots

            {plots}
            ## How it was made

            {HowItWasMade(summary)}
            """.ReplaceLineEndings("\n");
    }

    private static string Subject(EvaluationOrigin origin) => origin.Model ?? origin.Predictions ?? origin.Program;

    private static string Opening(EvaluationSummary summary)
    {
        EvaluationOrigin origin = summary.Origin;
        string structures = origin.Samples == 1 ? "one structure" : $"up to {origin.Samples} structures";
        string failures = string.Join(
            " ",
            new[]
            {
                Sentence(summary.WithoutStructure, "predictions are missing or broke down and count as failures."),
                Sentence(summary.OfOtherComposition, "predictions are of another composition and count as failures."),
                Sentence(summary.OutOfTime, "comparisons ran into the time limit and count as failures."),
            }.Where(sentence => sentence.Length > 0)
        );
        return $"{summary.Overall.Crystals} of the {summary.CrystalsInSplit} crystals of the {origin.Split} split of {origin.Data}, {structures} of each, for the composition of its whole cell. {failures}".TrimEnd();
    }

    private static string Sentence(int count, string rest) => count > 0 ? $"{count} {rest}" : "";

    private static string HowItWasMade(EvaluationSummary summary)
    {
        EvaluationOrigin origin = summary.Origin;
        MarkdownTable table = new("", "");
        table.Add("program", origin.Program);
        table.Add("model", origin.Model is null ? FigureText.None : $"{origin.Model}, SHA-256 {origin.ModelSha256}");
        table.Add("predictions", origin.Predictions ?? FigureText.None);
        table.Add("data", $"{origin.Data}, {origin.Split} split, fingerprint of the crystals {origin.DataFingerprint}");
        table.Add("seed", $"{origin.Seed}");
        table.Add(
            "sampler",
            origin.Sampler.Count > 0
                ? string.Join(", ", origin.Sampler.Select(option => $"{option.Key} {option.Value}"))
                : FigureText.None
        );
        table.Add(
            "time of all threads",
            $"{summary.SecondsSampling:F1} s sampling, {summary.SecondsScoring:F1} s scoring ({Share(summary):P1})"
        );
        return $"{table}\nresults.csv and results.jsonl hold every structure's score, structures.jsonl the structures, summary.json these figures.\n";
    }

    private static double Share(EvaluationSummary summary) =>
        summary.SecondsScoring / Math.Max(summary.SecondsScoring + summary.SecondsSampling, 1e-9);
}
