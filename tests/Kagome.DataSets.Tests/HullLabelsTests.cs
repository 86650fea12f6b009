using System.Collections.Immutable;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.DataSets.Tests;

public sealed class HullLabelsTests
{
    private const double Tolerance = 1e-9;

    private static readonly CrystalRecord[] Crystals =
    [
        With("rock salt", TestCrystals.RockSalt(5.64), ("e_form", -2.0)),
        With("caesium type", TestCrystals.CaesiumType(3.5), ("e_form", -1.5)),
        With("known", TestCrystals.CaesiumType(3.4), ("e_form", -1.0), ("e_hull", 0.7)),
        With("another", TestCrystals.RockSalt(4.2, "Mg", "O"), ("e_form", 0.25)),
        With("unlabelled", TestCrystals.RockSalt(5.0)),
        With("no number", TestCrystals.RockSalt(5.1), ("e_form", double.NaN)),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void EnergyAboveHull_is_that_above_the_cheapest_phases()
    {
        HullLabels labels = HullLabels.Of(Crystals, Cancellation);
        double?[] expected = [0, 0.5, 1, 0.25, null, null];
        foreach ((CrystalRecord crystal, double? energy) in Crystals.Zip(expected))
        {
            Assert.Equal(energy is null, labels.EnergyAboveHull(crystal) is null);
            Assert.Equal(energy ?? 0, labels.EnergyAboveHull(crystal) ?? 0, Tolerance);
        }
    }

    [Fact]
    public void EnergyAboveHull_of_what_lies_below_the_hull_is_0() =>
        Assert.Equal(0, HullLabels.Of(Crystals[1..2], Cancellation).EnergyAboveHull(Crystals[0]));

    [Fact]
    public void Write_labels_what_can_be_and_keeps_all_else()
    {
        using TemporaryFolder folder = new();
        DataSet.Write(folder["all.jsonl"], Crystals);
        File.AppendAllText(folder["all.jsonl"], "{\"id\": 1}\n");
        CrystalReader source = new(folder["all.jsonl"]);
        HullCounts counts = HullLabels
            .Of(Crystals, Cancellation)
            .Write(source, folder["hull.jsonl.gz"], cancellation: Cancellation);
        Assert.Equal(new HullCounts(6, Unreadable: 1, Labelled: 3, OnHull: 1, HadLabel: 1, WithoutEnergy: 2), counts);
        CrystalRecord[] written = [.. new CrystalReader(folder["hull.jsonl.gz"]).Read(Cancellation)];
        Assert.Equal(Crystals.Select(crystal => crystal.Id), written.Select(crystal => crystal.Id));
        Assert.Equal([0, 0.5, 0.7, 0.25, null, null], written.Select(crystal => Labels.Number(crystal, "e_hull")));
        Assert.Equal(-1.5, written[1].Labels["e_form"]);
    }

    [Fact]
    public void Of_crystals_without_formation_energies_says_which_label_is_missing() =>
        Assert.Contains(
            "No crystal has a number as label 'e_form'",
            Assert.Throws<InputException>(() => HullLabels.Of(Crystals[4..], Cancellation)).Message,
            StringComparison.Ordinal
        );

    private static CrystalRecord With(string id, Structure structure, params (string Name, double Value)[] labels) =>
        new(id, structure) { Labels = labels.ToImmutableSortedDictionary(label => label.Name, label => label.Value) };
}
