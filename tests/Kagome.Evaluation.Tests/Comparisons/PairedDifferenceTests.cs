using Kagome.Evaluation.Comparisons;

namespace Kagome.Evaluation.Tests.Comparisons;

public sealed class PairedDifferenceTests
{
    private const int Seed = 1;

    [Fact]
    public void Of_two_evaluations_is_the_mean_difference_over_what_both_have()
    {
        Dictionary<(string, int), SampleOutcome> before = new()
        {
            [("a", 1)] = new(false, true, 0.3),
            [("b", 1)] = new(true, true, 0.1),
            [("c", 1)] = new(true, false, null),
            [("only before", 1)] = new(true, true, 9),
        };
        Dictionary<(string, int), SampleOutcome> after = new()
        {
            [("a", 1)] = new(true, true, 0.1),
            [("b", 1)] = new(true, true, 0.2),
            [("c", 1)] = new(true, true, 5),
            [("only after", 1)] = new(true, true, 9),
        };
        PairedDifference difference = PairedDifference.Of(before, after, Seed)!;
        Assert.Equal(3, difference.Crystals);
        Assert.Equal(1.0 / 3, difference.MatchRate.Value, 1e-12);
        Assert.Equal(1.0 / 3, difference.MatchRateAtK.Value, 1e-12);
        Assert.Equal(1.0 / 3, difference.Validity.Value, 1e-12);
        Assert.Equal(2, difference.CrystalsWithEnergy);
        Assert.Equal(0.2, difference.EnergyBefore!.Value, 1e-12);
        Assert.Equal(-0.05, difference.Energy!.Value, 1e-12);
    }

    [Fact]
    public void Of_several_samples_compares_the_first_and_any_and_weighs_every_crystal_the_same()
    {
        Dictionary<(string, int), SampleOutcome> before = new()
        {
            [("a", 2)] = new(true, true, 0.3),
            [("a", 1)] = new(false, true, 0.1),
            [("a", 3)] = new(false, true, 0.2),
            [("b", 1)] = new(false, true, 0.1),
            [("c", 1)] = new(false, true, 0.1),
            [("c", 2)] = new(false, true, 0.1),
        };
        Dictionary<(string, int), SampleOutcome> after = new()
        {
            [("a", 1)] = new(true, false, 0.1),
            [("a", 2)] = new(false, true, 0.0),
            [("a", 3)] = new(false, true, 0.2),
            [("b", 1)] = new(false, true, 0.1),
            [("c", 1)] = new(false, true, 0.1),
            [("c", 2)] = new(true, true, 0.1),
        };
        PairedDifference difference = PairedDifference.Of(before, after, Seed)!;
        Assert.Equal(1.0 / 3, difference.MatchRate.Value, 1e-12); // a
        Assert.Equal(1.0 / 3, difference.MatchRateAtK.Value, 1e-12); // c: a was among the three before
        Assert.Equal(-1.0 / 9, difference.Validity.Value, 1e-12);
        Assert.Equal(-0.1 / 3, difference.Energy!.Value, 1e-12);
    }

    [Fact]
    public void Of_evaluations_that_differ_by_the_same_everywhere_has_an_interval_without_width()
    {
        Random random = new(Seed);
        Dictionary<(string, int), SampleOutcome> before = Enumerable
            .Range(0, 50)
            .ToDictionary(at => ($"{at}", 1), _ => new SampleOutcome(true, true, random.NextDouble()));
        Dictionary<(string, int), SampleOutcome> after = before.ToDictionary(
            pair => pair.Key,
            pair => pair.Value with { Energy = pair.Value.Energy - 0.01 }
        );
        Estimate energy = PairedDifference.Of(before, after, Seed)!.Energy!;
        Assert.Equal(-0.01, energy.Low, 1e-12);
        Assert.Equal(-0.01, energy.High, 1e-12);
    }

    [Fact]
    public void Of_nothing_in_common_is_none() =>
        Assert.Null(
            PairedDifference.Of(
                new Dictionary<(string, int), SampleOutcome> { [("a", 1)] = default },
                new Dictionary<(string, int), SampleOutcome> { [("b", 1)] = default },
                Seed
            )
        );
}
