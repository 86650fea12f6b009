using Kagome.Crystals.Compositions;
using Kagome.Crystals.Symmetry;

namespace Kagome.Tests.Generation;

public sealed class SymmetricSpreadTests
{
    [Fact]
    public void Over_one_cell_and_group_spreads_all_samples_over_distinct_ways_first()
    {
        IReadOnlyList<PlannedCell> cells = Spread("SrTiO3", 221)
            .Over([(1, 1.0)], 20, cancellation: TestContext.Current.CancellationToken);
        PlannedCell cell = Assert.Single(cells);
        Assert.Equal(20, cell.Samples);
        Assert.Equal(20, cell.Assignments.Count);
        Assert.All(cell.Assignments, assignment => Assert.Equal(221, assignment.Setting.Group.Number));
        Assert.True(cell.Assignments.Select(assignment => assignment.Signature).Distinct().Count() > 1);
    }

    [Fact]
    public void Over_an_element_pair_whose_ways_are_one_by_a_shift_of_the_origin_takes_one_of_them() =>
        Assert.Single(
            Spread("NaCl", 225)
                .Over([(1, 1.0)], 10, cancellation: TestContext.Current.CancellationToken)[0]
                .Assignments.Select(assignment => $"{assignment}")
                .Distinct()
        );

    [Fact]
    public void Over_many_groups_leaves_out_those_that_cannot_be()
    {
        IReadOnlyList<PlannedCell> cells = Spread("NaCl", 225, 230, 221)
            .Over([(1, 0.5), (2, 0.5)], 12, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(12, cells.Sum(cell => cell.Samples));
        Assert.All(
            cells.SelectMany(cell => cell.Assignments),
            assignment => Assert.Contains(assignment.Setting.Group.Number, new[] { 221, 225 })
        );
        Assert.All(
            cells,
            cell => Assert.All(cell.Assignments, assignment => Assert.Equal(cell.Composition, assignment.Composition))
        );
    }

    /// <summary>A hundred times as likely in one group as in the other: both are tried, where both are named.</summary>
    [Theory]
    [InlineData("NaCl", 2, 221, 225)]
    [InlineData("SrTiO3", 3, 221, 62, 99)]
    [InlineData("SrTiO3", 20, 1, 2, 221, 62, 99, 140)]
    public void Over_named_groups_leaves_none_out_that_can_be(string unit, int samples, params int[] groups)
    {
        IReadOnlyList<PlannedCell> cells = new SymmetricSpread(FormulaParser.Parse(unit), groups, areNamed: true).Over(
            [(1, 0.5), (2, 0.2), (4, 0.3)],
            samples,
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(samples, cells.Sum(cell => cell.Samples));
        Assert.Equal(groups.Order(), Groups(cells).Distinct().Order());
    }

    [Fact]
    public void Over_named_groups_that_all_get_samples_anyway_is_as_if_they_were_not_named()
    {
        (int, double)[] cells = [(1, 0.5), (2, 0.5)];
        int[] groups = [221, 225];
        SymmetricSpread named = new(FormulaParser.Parse("NaCl"), groups, areNamed: true);
        IReadOnlyList<PlannedCell> plain = Spread("NaCl", groups)
            .Over(cells, 200, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(groups, Groups(plain).Distinct().Order());
        Assert.Equal(
            plain.SelectMany(cell => cell.Assignments).Select(assignment => $"{assignment}"),
            named
                .Over(cells, 200, cancellation: TestContext.Current.CancellationToken)
                .SelectMany(cell => cell.Assignments)
                .Select(assignment => $"{assignment}")
        );
    }

    [Fact]
    public void Over_more_named_groups_than_samples_takes_the_likeliest() =>
        Assert.Single(
            Groups(
                new SymmetricSpread(FormulaParser.Parse("NaCl"), [221, 225], areNamed: true).Over(
                    [(1, 1.0)],
                    1,
                    cancellation: TestContext.Current.CancellationToken
                )
            )
        );

    /// <summary>Rock salt in F-43m is Fm-3m, always: what is left is zinc blende.</summary>
    [Fact]
    public void Over_a_group_leaves_out_ways_of_higher_symmetry()
    {
        WyckoffAssignment way = Assert.Single(
            Spread("ZnS", 216)
                .Over([(1, 1.0)], 10, cancellation: TestContext.Current.CancellationToken)[0]
                .Assignments.DistinctBy(assignment => assignment.Signature)
        );
        Assert.Contains(way.Signature, new[] { "216 Sa Znb", "216 Sa Znc", "216 Sa Znd" });
    }

    [Fact]
    public void Over_what_cannot_be_says_why()
    {
        InputException one = Assert.Throws<InputException>(() =>
            Spread("NaCl", 230).Over([(1, 1.0)], 5, cancellation: TestContext.Current.CancellationToken)
        );
        Assert.StartsWith(
            "NaCl cannot have space group 230 (Ia-3d) with Z = 1 in the primitive cell: ",
            one.Message,
            StringComparison.Ordinal
        );
        InputException more = Assert.Throws<InputException>(() =>
            Spread("NaCl", 230, 228).Over([(1, 0.5), (2, 0.5)], 5, cancellation: TestContext.Current.CancellationToken)
        );
        Assert.StartsWith(
            "NaCl cannot have any of the 2 space groups that are asked for with Z = 1, 2 in the primitive cell.",
            more.Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>The search of this cell takes many seconds: it stops on the way.</summary>
    [Fact]
    public async Task Over_of_a_hard_composition_stops_when_it_is_cancelled()
    {
        using CancellationTokenSource source = new();
        CancellationToken token = source.Token;
        int[] all = [.. Enumerable.Range(1, 230)];
        Task spread = Task.Run(
            () => Spread("LiNaKMgCaAlSiBPO24", all).Over([(1, 0.5), (2, 0.3), (4, 0.2)], 20, token),
            token
        );
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(spread.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            spread.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void Plan_that_is_cancelled_stops()
    {
        using TinyModels models = new();
        using CrystalPredictor predictor = models.Predictor(threads: 1);
        PredictionOptions options = new()
        {
            Candidates = CandidateSources.Generated,
            Constraints = new() { SpaceGroups = [166] },
            Sampler = new() { Steps = 4 },
        };
        CancellationToken cancelled = new(canceled: true);
        Assert.Throws<OperationCanceledException>(() => predictor.Plan("Bi2Te3", options, cancelled));
        Assert.Throws<OperationCanceledException>(() => predictor.Check("Bi2Te3", options, cancelled));
    }

    [Fact]
    public void Plan_with_a_space_group_has_an_assignment_for_each_sample_and_the_same_each_time()
    {
        using TinyModels models = new();
        using CrystalPredictor predictor = models.Predictor(threads: 1);
        PredictionOptions options = new()
        {
            Candidates = CandidateSources.Generated,
            Constraints = new() { SpaceGroups = [166] },
            Samples = 8,
            Sampler = new() { Steps = 4 },
        };
        string[] first = Assignments(
            predictor.Plan("Bi2Te3", options, cancellation: TestContext.Current.CancellationToken)
        );
        Assert.Equal(8, first.Length);
        Assert.Equal(
            first,
            Assignments(predictor.Plan("Bi2Te3", options, cancellation: TestContext.Current.CancellationToken))
        );
        Assert.DoesNotContain("", first);
        Assert.All(
            Assignments(
                predictor.Plan(
                    "Bi2Te3",
                    options with
                    {
                        Constraints = new(),
                    },
                    cancellation: TestContext.Current.CancellationToken
                )
            ),
            text => Assert.Equal("", text)
        );
    }

    private static string[] Assignments(PredictionPlan plan) =>
        [.. plan.Units.SelectMany(unit => unit.Samples).Select(sample => $"{sample.Assignment}")];

    private static IEnumerable<int> Groups(IEnumerable<PlannedCell> cells) =>
        cells.SelectMany(cell => cell.Assignments).Select(assignment => assignment.Setting.Group.Number);

    private static SymmetricSpread Spread(string unit, params int[] groups) => new(FormulaParser.Parse(unit), groups);
}
