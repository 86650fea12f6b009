using Kagome.Core.Structures;
using Kagome.DataSets.Duplicates;
using Kagome.Evaluation.Matching;

namespace Kagome.DataSets.Tests.Duplicates;

public sealed class OverlapSearchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Find_counts_formulas_and_crystals_of_both_sides()
    {
        CrystalRecord[] first =
        [
            new("salt", TestCrystals.RockSalt(5.64)),
            new("salt again", TestCrystals.RockSalt(5.7)),
            new("magnesia", TestCrystals.RockSalt(4.21, "Mg", "O")),
            new("caesium", TestCrystals.CaesiumType(4.1, "Cs")),
        ];
        CrystalRecord[] second =
        [
            new("salt", TestCrystals.RockSalt(5.5)),
            new("high pressure", TestCrystals.CaesiumType(3.4)),
            new("caesium as salt", TestCrystals.RockSalt(7, "Cs")),
            new("lime", TestCrystals.RockSalt(4.8, "Ca", "O")),
        ];
        SharedCrystals shared = Find(first, second);
        Assert.Equal(new SharedCrystals(new(4, 2, 3), new(4, 1, 3), 2), shared);
        Assert.Equal(new SharedCrystals(shared.Second, shared.First, 2), Find(second, first));
        Assert.True(folder.IsEmpty);
    }

    [Fact]
    public void Find_with_nothing_shares_nothing() =>
        Assert.Equal(
            new SharedCrystals(new(1, 0, 1), new(0, 0, 0), 0),
            Find([new("salt", TestCrystals.RockSalt(5.64))], [])
        );

    private SharedCrystals Find(CrystalRecord[] first, CrystalRecord[] second) =>
        new OverlapSearch(new StructureMatcher(MatcherSettings.Default), folder.FullName).Find(
            first,
            second,
            TestContext.Current.CancellationToken
        );
}
