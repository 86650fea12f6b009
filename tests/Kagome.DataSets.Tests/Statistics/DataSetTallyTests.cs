using Kagome.Core.Elements;
using Kagome.DataSets.Statistics;

namespace Kagome.DataSets.Tests.Statistics;

public sealed class DataSetTallyTests
{
    [Fact]
    public void Statistics_counts_what_was_added()
    {
        DataSetTally tally = new();
        tally.Add(TestCrystals.Labelled("a", TestCrystals.RockSalt(6), 0.4) with { Split = "train" });
        tally.Add(TestCrystals.Labelled("b", TestCrystals.CaesiumType(4), 0.1) with { Split = "val" });
        tally.Add(TestCrystals.Labelled("c", TestCrystals.RockSalt(4, "Mg", "O"), double.NaN) with { Split = "train" });
        tally.Add(TestCrystals.Labelled("d", TestCrystals.RockSalt(5), 0.2));
        DataSetStatistics statistics = tally.Statistics();
        Assert.Equal((4, 2), (statistics.Crystals, statistics.Formulas));
        Assert.Equal(new Dictionary<string, int> { ["train"] = 2, ["val"] = 1 }, statistics.Splits);
        Assert.Equal(new Dictionary<int, int> { [2] = 1, [8] = 3 }, statistics.CellSizes);
        Assert.Equal(new Dictionary<int, int> { [2] = 4 }, statistics.ElementCounts);
        Assert.Equal(3, statistics.Elements[Element.FromSymbol("Na")]);
        Assert.Equal(["O", "Na", "Mg", "Cl"], statistics.Elements.Keys.Select(element => element.Symbol));
        Assert.Equal(new NumberSummary(3, 0.1, 0.2, 0.4), statistics.Labels["e_hull"]);
        Assert.Equal(8, statistics.VolumePerAtom!.Smallest, 1e-9);
    }

    [Fact]
    public void Statistics_median_is_the_middle_of_the_sorted() =>
        Gen.Double[-10, 10]
            .Array[1, 9]
            .Sample(values =>
            {
                DataSetTally tally = new();
                foreach (double value in values)
                {
                    tally.Add(TestCrystals.Labelled("x", TestCrystals.CaesiumType(4), value));
                }

                double median = tally.Statistics().Labels["e_hull"].Median;
                Assert.True(values.Count(value => value <= median) * 2 >= values.Length);
                Assert.True(values.Count(value => value >= median) * 2 >= values.Length);
            });

    [Fact]
    public void Statistics_of_nothing_is_empty()
    {
        DataSetStatistics statistics = new DataSetTally().Statistics();
        Assert.Equal(0, statistics.Crystals);
        Assert.Null(statistics.VolumePerAtom);
        Assert.Empty(statistics.Labels);
    }
}
