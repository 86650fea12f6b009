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
        string report = EvaluationReport.Write(
            summary,
            crystals,
            EvaluationFigures.Draw(summary, crystals, TestEvaluation.Stol)
        );
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
        IReadOnlyList<CrystalResult> crystals = TestEvaluation.Crystals(30, 20);
        string report = EvaluationReport.Write(TestEvaluation.Summary(crystals, samples: 20), crystals, []);
        AssertContains(report, "| at 5, plain |");
        AssertContains(report, "| at 20, filtered |");
        AssertContains(report, "| DiffCSP (2023) | 98.60 | 0.0128 |");
        AssertContains(report, "| DiffCSP (2023) | 52.02 | 0.0760 |");
    }

    [Fact]
    public void Write_of_unknown_data_says_how_to_name_the_benchmark() =>
        AssertContains(
            EvaluationReport.Write(
                TestEvaluation.Summary(TestEvaluation.Crystals(3), benchmark: null),
                TestEvaluation.Crystals(3),
                []
            ),
            "name the one that they are"
        );

    [Fact]
    public void Write_where_probabilities_were_given_shows_the_surest_misses_and_what_the_numbers_were_worth()
    {
        CrystalResult[] crystals =
        [
            .. TestEvaluation
                .Crystals(60, 2)
                .Select(
                    (crystal, at) =>
                        crystal with
                        {
                            Samples =
                            [
                                .. crystal.Samples.Select(sample =>
                                    sample with
                                    {
                                        Probability = at / 60.0,
                                        ReferenceEnergyAboveHull = 0.02,
                                        SpaceGroup = 225,
                                        ReferenceSpaceGroup = 221,
                                    }
                                ),
                            ],
                        }
                ),
        ];
        EvaluationSummary summary = TestEvaluation.Summary(crystals) with
        {
            ByEnergyAboveHull = Breakdown.ByEnergyAboveHull(crystals, TestEvaluation.Stol, 1),
            Reliability = ReliabilityBin.Of(crystals, 1),
            Polymorphs = [new PolymorphMetrics(3, 40, new Estimate(0.55, 0.4, 0.7), new Estimate(0.8, 0.7, 0.9))],
        };
        string report = EvaluationReport.Write(
            summary,
            crystals,
            EvaluationFigures.Draw(summary, crystals, TestEvaluation.Stol)
        );
        AssertContains(report, "Of 60 crystals 20 are missed by their first structure; these are the surest of them.");
        AssertContains(report, "| 59 | SrTiO3 | 9 | 0.020 | 221 | 225 | 0.98 | 2 |");
        AssertContains(report, "| to 0.03 | 60 |");
        AssertContains(report, "| 3 | 40 | 55.00 (40.0 to 70.0) | 80.00 (70.0 to 90.0) |");
        AssertContains(report, "(reliability.png)");
        AssertContains(report, "60 crystals in 10 bins");
    }

    [Fact]
    public void Write_by_other_tolerances_names_them()
    {
        IReadOnlyList<CrystalResult> crystals = TestEvaluation.Crystals(3);
        EvaluationSummary summary = TestEvaluation.Summary(crystals);
        string strict = EvaluationReport.Write(
            summary with
            {
                Origin = summary.Origin with { Tolerances = "ltol 0.2 and so on" },
            },
            crystals,
            []
        );
        AssertContains(strict, "StructureMatcher with ltol 0.2 and so on.");
        AssertContains(EvaluationReport.Write(summary, crystals, []), "with ltol 0.3, stol 0.5, angle_tol 10.");
    }

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
