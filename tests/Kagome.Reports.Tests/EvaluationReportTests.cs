using Kagome.Evaluation;
using Kagome.Evaluation.Comparisons;
using Kagome.Reports.Markdown;
using Kagome.Reports.Plots;
using Kagome.Testing;

namespace Kagome.Reports.Tests;

public sealed class EvaluationReportTests
{
    [Fact]
    public void Write_puts_our_figures_beside_the_published_ones_and_says_what_differs()
    {
        IReadOnlyList<CrystalResult> crystals = TestEvaluation.Crystals(30);
        EvaluationSummary summary = TestEvaluation.Summary(crystals);
        string report = EvaluationReport.Write(summary, EvaluationFigures.Draw(summary, crystals, TestEvaluation.Stol));
        AssertContains(report, "# kagome-t on perov-5");
        AssertContains(report, "**66.67**"); // plain: two of three match
        AssertContains(report, "| DiffCSP (2023) | 52.02 | 0.0760 | 1000 |");
        AssertContains(report, "30 of the 3785 of the test split (a limit was set)");
        AssertContains(report, "Steps: 50");
        AssertContains(report, "![Match rate by");
        AssertContains(report, "(density-parity.png)");
        AssertContains(report, "100.0 s sampling, 1.0 s scoring (1.0 %)");
        Assert.DoesNotContain("\r", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_at_several_samples_shows_published_figures_of_as_many()
    {
        EvaluationSummary summary = TestEvaluation.Summary(TestEvaluation.Crystals(30, 20), samples: 20);
        string report = EvaluationReport.Write(summary, []);
        AssertContains(report, "| at 20, filtered |");
        AssertContains(report, "| DiffCSP (2023) | 98.60 | 0.0128 |");
        AssertContains(report, "| DiffCSP (2023) | 52.02 | 0.0760 |");
    }

    [Fact]
    public void Write_of_unknown_data_says_how_to_name_the_benchmark() =>
        AssertContains(
            EvaluationReport.Write(TestEvaluation.Summary(TestEvaluation.Crystals(3), benchmark: null), []),
            "name the one that they are"
        );

    [Fact]
    public void Write_comparison_has_a_row_each_and_warns_of_other_crystals()
    {
        EvaluationSummary first = TestEvaluation.Summary(TestEvaluation.Crystals(30));
        EvaluationSummary second = first with { Origin = first.Origin with { DataFingerprint = "other" } };
        string page = ComparisonReport.Write(
            [new ComparedEvaluation("a", first), new ComparedEvaluation("b", second)],
            figure: null
        );
        AssertContains(page, "| a | kagome-t on perov5.jsonl.gz | 30 | 1 | 50 | 66.67");
        AssertContains(page, "not of the same crystals");
        Assert.Empty(
            ComparisonReport.Warning([new ComparedEvaluation("a", first), new ComparedEvaluation("b", first)])
        );
    }

    [Fact]
    public void WriteTo_puts_report_and_plots_into_the_folder()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<CrystalResult> crystals = TestEvaluation.Crystals(30);
        EvaluationResult result = new(TestEvaluation.Summary(crystals), crystals, folder.Location);
        string path = EvaluationReport.WriteTo(folder.Location, result);
        AssertContains(File.ReadAllText(path), "# kagome-t on perov-5");
        string[] plots = ["density-parity", "match-rate-by-size", "rms-distribution", "volume-parity"];
        Assert.Equal(
            [.. plots.SelectMany(name => new[] { $"{name}.png", $"{name}.svg" }), "report.md"],
            folder.FileNames.OrderBy(name => name == "report.md")
        );
        Assert.All(folder.FileNames, name => Assert.NotEqual(0, new FileInfo(folder[name]).Length));
    }

    [Fact]
    public void WriteTo_comparison_makes_the_folder_and_draws_no_steps_where_nothing_was_sampled()
    {
        using TemporaryFolder folder = new();
        ComparedEvaluation sampled = new("a", TestEvaluation.Summary(TestEvaluation.Crystals(30)));
        ComparedEvaluation read = new("b", TestEvaluation.Summary(TestEvaluation.Crystals(30), steps: null));
        Assert.Equal(folder["one/comparison.md"], ComparisonReport.WriteTo(folder["one"], [sampled, read]));
        ComparisonReport.WriteTo(folder["two"], [read]);
        Assert.Equal(
            ["one/comparison.md", "one/match-rate-by-steps.png", "one/match-rate-by-steps.svg", "two/comparison.md"],
            folder.FileNames
        );
    }

    private static void AssertContains(string text, string part) =>
        Assert.Contains(part, text, StringComparison.Ordinal);
}
