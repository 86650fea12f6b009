using Kagome.Crystals.Compositions;
using Kagome.Evaluation.Regression;

namespace Kagome.Evaluation.Tests.Regression;

public sealed class RegressionSummaryTests
{
    private const double Rounding = 1e-12;

    private static readonly (LabelledCrystal Crystal, double Prediction)[] Compared =
    [
        (Crystal("NaCl", 0.1), 0.2),
        (Crystal("Na3Cl", 0.5), 0.4),
        (Crystal("MgO", 0.2), 0.2),
    ];

    [Fact]
    public void Of_a_reference_lets_the_baselines_know_its_labels_alone()
    {
        RegressionSummary summary = RegressionSummary.Of(
            Compared,
            5,
            [Crystal("NaCl2", 0.3), Crystal("MgO", 0.1), Crystal("Li", 0.9)],
            "train.jsonl"
        );
        Assert.Equal((5, 2, "train.jsonl"), (summary.Crystals, summary.WithoutLabel, summary.Reference));
        Assert.Equal(0.2 / 3, summary.Model!.MeanAbsoluteError, Rounding);
        Assert.Equal((0.2 + 0.2 + 0.1) / 3, summary.Median!.MeanAbsoluteError, Rounding);
        Assert.Equal((0.2 + 0.2 + 0.1) / 3, summary.SameElements!.MeanAbsoluteError, Rounding);
        Assert.Null(summary.Median.Spearman);
    }

    [Fact]
    public void Of_no_reference_leaves_every_crystal_out_of_what_is_said_of_it()
    {
        RegressionSummary summary = RegressionSummary.Of(Compared, 3, reference: null, referenceName: null);
        Assert.Equal((0.25 + 0.35 + 0.1) / 3, summary.Median!.MeanAbsoluteError, Rounding);
        Assert.Contains("each left out", summary.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_nothing_to_compare_has_no_errors()
    {
        RegressionSummary summary = RegressionSummary.Of([], 4, reference: null, referenceName: null);
        Assert.Equal(4, summary.WithoutLabel);
        Assert.Null(summary.Model);
        Assert.Null(summary.Median);
    }

    [Fact]
    public void Of_one_crystal_has_no_baselines()
    {
        RegressionSummary summary = RegressionSummary.Of(Compared[..1], 1, reference: null, referenceName: null);
        Assert.NotNull(summary.Model);
        Assert.Null(summary.SameElements);
    }

    private static LabelledCrystal Crystal(string formula, double label) => new(FormulaParser.Parse(formula), label);
}
