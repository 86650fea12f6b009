using static Kagome.Evaluation.Tests.Metrics.TestScores;

namespace Kagome.Evaluation.Tests.Metrics;

/// <summary>Figures that a reader can work out by hand.</summary>
public sealed class EvaluationMetricsTests
{
    private const double Stol = 0.5;
    private const int Seed = 1;
    private const double Tolerance = 1e-12;

    [Fact]
    public void Of_counts_first_samples_at_1_and_the_best_of_all_at_K()
    {
        EvaluationMetrics metrics = Of(
            Crystal(Score("a", 0.2), Score("a", 0.1, sample: 2)),
            Crystal(Score("b", null), Score("b", 0.3, sample: 2)),
            Crystal(Score("c", null), Score("c", null, sample: 2)),
            Crystal(Score("d", 0.4), Score("d", null, sample: 2))
        );
        AssertMatches(metrics.AtOne, matched: 2, rate: 0.5, rmse: 0.3, corrected: (0.2 + 0.5 + 0.5 + 0.4) / 4);
        AssertMatches(metrics.AtK, matched: 3, rate: 0.75, rmse: 0.8 / 3, corrected: (0.1 + 0.3 + 0.5 + 0.4) / 4);
    }

    [Fact]
    public void Of_more_than_five_samples_counts_the_first_five_as_well()
    {
        CrystalResult Found(int place) =>
            Crystal([.. Enumerable.Range(1, 6).Select(at => Score($"{place}", at == place ? 0.1 : null, at))]);
        EvaluationMetrics metrics = Of(Found(1), Found(5), Found(6), Found(7));
        AssertMatches(metrics.AtFive!, matched: 2, rate: 0.5, rmse: 0.1, corrected: (0.2 + 1) / 4);
        Assert.Equal(3, metrics.AtK.Matched);
        Assert.Null(Of(Crystal(Score("a", 0.1))).AtFive);
    }

    [Fact]
    public void ByEnergyAboveHull_bounds_belong_to_the_lower_group_and_what_is_not_known_comes_last()
    {
        CrystalResult Of(double? energy) => Crystal(Score("a", 0.1) with { ReferenceEnergyAboveHull = energy });
        Assert.Equal(
            [("0", 2), ("to 0.03", 1), ("above 0.05", 1), ("not known", 1)],
            Breakdown
                .ByEnergyAboveHull([Of(null), Of(0.03), Of(0), Of(1e-4), Of(0.2)], Stol, Seed)
                .Select(group => (group.Group, group.Metrics.Crystals))
        );
        Assert.Empty(Breakdown.ByEnergyAboveHull([Of(null)], Stol, Seed));
    }

    [Fact]
    public void Reliability_of_first_structures_by_what_was_said_of_them()
    {
        CrystalResult Said(double? probability, bool isRight) =>
            Crystal(Score("a", isRight ? 0.1 : null) with { Probability = probability }, Score("a", 0.1, sample: 2));
        IReadOnlyList<ReliabilityBin> bins = ReliabilityBin.Of(
            [Said(1, true), Said(0.9, true), Said(0.12, false), Said(0.18, true), Said(null, true)],
            Seed
        );
        Assert.Equal([2, 2], bins.Select(bin => bin.Crystals));
        Assert.Equal(0.15, bins[0].Probability, Tolerance);
        Assert.Equal(0.95, bins[1].Probability, Tolerance);
        Assert.Equal([0.5, 1], bins.Select(bin => bin.Right.Value));
        Assert.Equal((0.35 + 0.05) / 2, ReliabilityBin.CalibrationError(bins)!.Value, Tolerance);
        Assert.Null(ReliabilityBin.CalibrationError([]));
    }

    [Fact]
    public void Of_filtered_needs_both_structures_valid_and_keeps_all_crystals_in_the_denominator()
    {
        EvaluationMetrics metrics = Of(
            Crystal(Score("a", 0.1)),
            Crystal(Score("b", 0.2, isStructureValid: false)),
            Crystal(Score("c", 0.3, isCompositionValid: false)),
            Crystal(Score("d", 0.4, isReferenceValid: false)),
            Crystal(Score("e", null))
        );
        AssertMatches(metrics.AtOne, matched: 4, rate: 0.8, rmse: 0.25, corrected: 1.5 / 5);
        AssertMatches(metrics.AtOneFiltered, matched: 1, rate: 0.2, rmse: 0.1, corrected: 2.1 / 5);
        Assert.Equal(0.8, metrics.StructureValidity.Value, Tolerance);
        Assert.Equal(0.8, metrics.CompositionValidity.Value, Tolerance);
        Assert.Equal(0.6, metrics.Validity.Value, Tolerance);
    }

    [Fact]
    public void Of_filtered_at_K_takes_the_best_of_the_valid_samples()
    {
        EvaluationMetrics metrics = Of(
            Crystal(Score("a", 0.1, isStructureValid: false), Score("a", 0.3, sample: 2), Score("a", 0.2, sample: 3))
        );
        AssertMatches(metrics.AtK, matched: 1, rate: 1, rmse: 0.1, corrected: 0.1);
        AssertMatches(metrics.AtKFiltered, matched: 1, rate: 1, rmse: 0.2, corrected: 0.2);
        Assert.Equal(0, metrics.AtOneFiltered.Matched);
        Assert.Null(metrics.AtOneFiltered.Rmse);
    }

    [Fact]
    public void Of_everyone_takes_what_any_prediction_of_the_composition_reached()
    {
        EvaluationMetrics metrics = Of(
            new CrystalResult([Score("a", null)], EveryoneRms: 0.1),
            new CrystalResult([Score("b", null)], EveryoneRms: null)
        );
        AssertMatches(metrics.Everyone, matched: 1, rate: 0.5, rmse: 0.1, corrected: 0.3);
        Assert.Equal(0, metrics.AtOne.Matched);
    }

    [Fact]
    public void Of_space_groups_counts_those_that_are_known()
    {
        EvaluationMetrics metrics = Of(
            Crystal(Score("a", null, group: 221, referenceGroup: 221)),
            Crystal(
                Score("b", null, group: 1, referenceGroup: 221),
                Score("b", null, sample: 2, group: 221, referenceGroup: 221)
            ),
            Crystal(Score("c", null, group: null, referenceGroup: 62)),
            Crystal(Score("d", null, group: 5, referenceGroup: null))
        );
        Assert.Equal(1.0 / 3, metrics.SpaceGroupAtOne!.Value, Tolerance);
        Assert.Equal(2.0 / 3, metrics.SpaceGroupAtK!.Value, Tolerance);
    }

    [Fact]
    public void Of_without_space_groups_says_nothing_of_them()
    {
        EvaluationMetrics metrics = Of(Crystal(Score("a", 0.1)));
        Assert.Null(metrics.SpaceGroupAtOne);
        Assert.Null(metrics.SpaceGroupAtK);
    }

    [Fact]
    public void ByAtomCount_keeps_counts_up_to_20_and_groups_larger_ones_by_four()
    {
        IReadOnlyList<GroupMetrics> groups = Breakdown.ByAtomCount(
            [
                Crystal(Score("a", 0.1, atoms: 20)),
                Crystal(Score("b", null, atoms: 3)),
                Crystal(Score("c", null, atoms: 21)),
                Crystal(Score("d", 0.1, atoms: 24)),
                Crystal(Score("e", 0.1, atoms: 25)),
                Crystal(Score("f", 0.1, atoms: 3)),
            ],
            Stol,
            Seed
        );
        Assert.Equal(["3", "20", "21–24", "25–28"], groups.Select(group => group.Group));
        Assert.Equal([2, 1, 2, 1], groups.Select(group => group.Metrics.Crystals));
        Assert.Equal([0.5, 1, 0.5, 1], groups.Select(group => group.Metrics.AtOne.Rate.Value));
    }

    [Fact]
    public void ByElementCount_groups_by_elements()
    {
        IReadOnlyList<GroupMetrics> groups = Breakdown.ByElementCount(
            [Crystal(Score("a", 0.1, elements: 2)), Crystal(Score("b", null, elements: 1))],
            Stol,
            Seed
        );
        Assert.Equal(["1", "2"], groups.Select(group => group.Group));
    }

    private static EvaluationMetrics Of(params CrystalResult[] crystals) => EvaluationMetrics.Of(crystals, Stol, Seed);

    private static void AssertMatches(MatchMetrics metrics, int matched, double rate, double rmse, double corrected)
    {
        Assert.Equal(matched, metrics.Matched);
        Assert.Equal(rate, metrics.Rate.Value, Tolerance);
        Assert.Equal(rmse, metrics.Rmse!.Value, Tolerance);
        Assert.Equal(corrected, metrics.CorrectedRmse.Value, Tolerance);
    }
}
