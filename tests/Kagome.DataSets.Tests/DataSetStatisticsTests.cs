using Kagome.Crystals.Elements;
using Kagome.Formats;

namespace Kagome.DataSets.Tests;

public sealed class DataSetStatisticsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Statistics_counts_what_was_added()
    {
        DataSetStatistics statistics = DataSetStatistics.Of([
            TestCrystals.Labelled("a", TestCrystals.RockSalt(6), 0.4) with
            {
                Split = "train",
            },
            TestCrystals.Labelled("b", TestCrystals.CaesiumType(4), 0.1) with
            {
                Split = "val",
            },
            TestCrystals.Labelled("c", TestCrystals.RockSalt(4, "Mg", "O"), double.NaN) with
            {
                Split = "train",
            },
            TestCrystals.Labelled("d", TestCrystals.RockSalt(5), 0.2),
        ]);
        Assert.Equal((4, 2), (statistics.Crystals, statistics.Formulas));
        Assert.Equal(new Dictionary<string, int> { ["train"] = 2, ["val"] = 1 }, statistics.Splits);
        Assert.Equal(new Dictionary<int, int> { [2] = 1, [8] = 3 }, statistics.CellSizes);
        Assert.Equal(new NumberSummary(4, 2, 8, 8), statistics.AtomCount);
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
                DataSetStatistics statistics = DataSetStatistics.Of(
                    values.Select(value => TestCrystals.Labelled("x", TestCrystals.CaesiumType(4), value))
                );
                double median = statistics.Labels["e_hull"].Median;
                Assert.True(values.Count(value => value <= median) * 2 >= values.Length);
                Assert.True(values.Count(value => value >= median) * 2 >= values.Length);
            });

    [Fact]
    public void Statistics_of_nothing_is_empty()
    {
        DataSetStatistics statistics = DataSetStatistics.Of([]);
        Assert.Equal(0, statistics.Crystals);
        Assert.Null(statistics.VolumePerAtom);
        Assert.Null(statistics.AtomCount);
        Assert.Empty(statistics.Labels);
    }

    [Fact]
    public void Of_data_sets_counts_what_cannot_be_read_and_refuses_none()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["all.jsonl"], TestCrystals.Formulas(2));
        File.AppendAllText(folder["all.jsonl"], "{\"id\": 1}\n");
        Assert.Equal(
            1,
            DataSetStatistics.Of(new CrystalReader(folder["all.jsonl"]), cancellation: Cancellation).Unreadable
        );
        File.WriteAllText(folder["bad.jsonl"], "{\"id\": 1}\n");
        Assert.Contains(
            "bad.jsonl holds no crystal (1 entries cannot be read",
            Assert
                .Throws<InputException>(() =>
                    DataSetStatistics.Of(new CrystalReader(folder["bad.jsonl"]), cancellation: Cancellation)
                )
                .Message,
            StringComparison.Ordinal
        );
    }
}
