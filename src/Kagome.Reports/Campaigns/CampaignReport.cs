using System.Globalization;
using CsvHelper;
using Kagome.Campaigns;
using Kagome.Campaigns.Merging;
using Kagome.Formats;
using Kagome.Reports.Markdown;
using Kagome.Reports.Plots;

namespace Kagome.Reports.Campaigns;

/// <summary>What a campaign came to, as a page of Markdown with its plots beside it.</summary>
/// <remarks>The same results give the same page. Safe to use from several threads, each with a folder of its own.</remarks>
public static class CampaignReport
{
    private const string FileName = "report.md";
    private const string Beginning = "# Campaign ";
    private const string FailuresName = "failures.csv";
    private const int MostReasons = 20;
    private const int MostGroups = 15;

    /// <summary>Whether a folder has a report.md that is no page of a campaign, which <see cref="WriteTo"/> would replace.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool HoldsAnother(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path)
            && File.ReadLines(path).FirstOrDefault()?.StartsWith(Beginning, StringComparison.Ordinal) != true;
    }

    /// <summary>Writes report.md, its plots and failures.csv into a folder, each whole or not at all.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="summary">Of a merge.</param>
    /// <param name="results">The file of results, as the page names it.</param>
    /// <param name="reword">Puts a problem in other words; null for the library's.</param>
    /// <returns>The path of report.md.</returns>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    public static string WriteTo(
        string folder,
        CampaignSummary summary,
        string results,
        Func<FormulaProblem, string>? reword = null
    )
    {
        ArgumentNullException.ThrowIfNull(summary);
        reword ??= problem => problem.Message;
        Directory.CreateDirectory(folder);
        IReadOnlyList<Figure> figures = CampaignFigures.Draw(summary);
        foreach (Figure figure in figures)
        {
            figure.WriteTo(folder);
        }

        WriteFailures(Path.Combine(folder, FailuresName), summary, reword);
        string path = Path.Combine(folder, FileName);
        AtomicFile.Write(path, Write(summary, figures, results, reword));
        return path;
    }

    private static string Write(
        CampaignSummary summary,
        IReadOnlyList<Figure> figures,
        string results,
        Func<FormulaProblem, string> reword
    )
    {
        string plots = string.Concat(
            figures.Select(figure =>
                $"![{figure.Caption}]({figure.PngName})\n\n{figure.Caption} ([SVG]({figure.SvgName}))\n\n"
            )
        );
        string part =
            summary.Done < summary.Planned ? $" **Not complete: {summary.Planned - summary.Done} are to do.**" : "";
        return $"""
            {Beginning}{Path.GetFileName(Path.TrimEndingDirectorySeparator(summary.Folder))}

            {summary.Done} of {summary.Planned} formulas are done, {summary.Failed.Count} of them without a structure; {summary.Crystals} crystals, at most {summary.Settings.Crystals} of a formula, are in {results}.{part}

            {plots}
            ## Where first crystals come from

            {Sources(summary)}
            ## Space groups of first crystals

            {Groups(summary)}
            ## Lowest energies

            First crystals by their predicted energy above the hull; the lower of two may well be the model's error.

            {Lowest(summary)}
            ## Formulas without a structure

            {Failures(summary, reword)}
            ## How it was made

            {HowItWasMade(summary)}
            """.ReplaceLineEndings("\n");
    }

    private static string Sources(CampaignSummary summary)
    {
        MarkdownTable table = new("source", "formulas");
        foreach ((string source, int count) in summary.FirstSources)
        {
            table.Add(source, $"{count}");
        }

        return $"{table}";
    }

    private static string Groups(CampaignSummary summary)
    {
        MarkdownTable table = new("space group", "formulas");
        foreach ((string group, int count) in summary.FirstSpaceGroups.Take(MostGroups))
        {
            table.Add(group, $"{count}");
        }

        if (summary.FirstSpaceGroups.Count > MostGroups)
        {
            table.Add(
                $"{summary.FirstSpaceGroups.Count - MostGroups} others",
                $"{summary.FirstSpaceGroups.Skip(MostGroups).Sum(group => group.Value)}"
            );
        }

        return $"{table}";
    }

    private static string Lowest(CampaignSummary summary)
    {
        if (summary.Lowest.Count == 0)
        {
            return "No energies were predicted.\n";
        }

        MarkdownTable table = new("crystal", "eV/atom", "probability", "space group", "source");
        foreach (CampaignSummary.FirstCrystal first in summary.Lowest)
        {
            table.Add(
                first.Id,
                first.EnergyAboveHull.ToString("F3", CultureInfo.InvariantCulture),
                first.Probability?.ToString("F2", CultureInfo.InvariantCulture) ?? FigureText.None,
                first.SpaceGroup?.Symbol ?? FigureText.None,
                first.Source
            );
        }

        return $"{table}";
    }

    private static string Failures(CampaignSummary summary, Func<FormulaProblem, string> reword)
    {
        if (summary.Failures.Count == 0)
        {
            return "None.\n";
        }

        MarkdownTable table = new("reason", "formulas", "such as");
        foreach (FailureGroup group in summary.Failures.Take(MostReasons))
        {
            table.Add(reword(group.Problem), $"{group.Count}", string.Join(", ", group.Formulas));
        }

        return $"{table}\n{FailuresName} names all {summary.Failed.Count}.\n";
    }

    private static string HowItWasMade(CampaignSummary summary)
    {
        PredictionOptions options = summary.Settings.Prediction;
        MarkdownTable table = new("", "");
        table.Add("program", summary.Models.Program);
        table.Add("generator", Text(summary.Models.Generator));
        table.Add("predictor", Text(summary.Models.Predictor));
        table.Add(
            "known structure types",
            summary.Models.Libraries.Count == 0
                ? FigureText.None
                : string.Join("; ", summary.Models.Libraries.Select(Text))
        );
        table.Add("candidates", $"{options.Candidates}".ToLowerInvariant());
        table.Add(
            "samples of a formula",
            options.AdaptsSamples ? $"{options.Samples}, by what known types say" : $"{options.Samples}"
        );
        table.Add(
            "sampler",
            $"steps: {Setting(options.Sampler.Steps)}; temperature: {Setting(options.Sampler.Temperature)}"
        );
        table.Add("known of the crystals", options.Constraints.IsEmpty ? FigureText.None : $"{options.Constraints}");
        table.Add("seed", $"{options.Seed}");
        return $"{table}\ncampaign.json of the campaign has all settings.\n";
    }

    private static string Setting(double? value) =>
        value?.ToString(CultureInfo.InvariantCulture) ?? "what suits the generator";

    private static string Text(CampaignModels.ModelFile? file) =>
        file is null ? FigureText.None : $"{Path.GetFileName(file.Name)}, SHA-256 {file.Sha256}";

    private static void WriteFailures(string path, CampaignSummary summary, Func<FormulaProblem, string> reword)
    {
        using StringWriter text = new() { NewLine = "\n" };
        using (CsvWriter csv = new(text, CultureInfo.InvariantCulture, leaveOpen: true))
        {
            csv.WriteRecords(
                summary.Failed.Select(failed => new { formula = failed.Formula, reason = reword(failed.Problem) })
            );
        }

        AtomicFile.Write(path, text.ToString());
    }
}
