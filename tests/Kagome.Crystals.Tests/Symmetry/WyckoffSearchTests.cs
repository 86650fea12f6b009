using System.Numerics;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class WyckoffSearchTests
{
    private const double Rounding = 1e-9;

    [Fact]
    public void BestFirst_of_rock_salt_are_its_two_ways()
    {
        WyckoffSearch search = Search(225, "NaCl");
        Assert.Equal(
            ["Na 4a, Cl 4b", "Na 4b, Cl 4a"],
            search.BestFirst().Select(likely => $"{likely.Assignment}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(2, search.Count);
    }

    [Theory]
    [InlineData(221, "SrTiO3")]
    [InlineData(191, "CsV3Sb5")]
    [InlineData(47, "Na2Cl3")]
    [InlineData(2, "Na3Cl2")]
    [InlineData(12, "Al2O3")]
    [InlineData(216, "MgAgAs")]
    [InlineData(166, "Bi2Te3")]
    [InlineData(62, "Na4Cl8")]
    public void BestFirst_finds_each_way_of_a_blind_search_once_and_in_order(int group, string cell)
    {
        WyckoffSearch search = Search(group, cell);
        LikelyAssignment[] found = [.. search.BestFirst()];
        string[] blind = [.. BlindSearch(FormulaParser.Parse(cell), PrimitiveSetting.Of(group))];
        Assert.NotEmpty(found);
        Assert.Equal(
            blind.Order(StringComparer.Ordinal),
            found.Select(likely => $"{likely.Assignment}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(found.Length, search.Count);
        Assert.All(
            found.Zip(found.Skip(1)),
            pair => Assert.True(pair.First.LogLikelihood >= pair.Second.LogLikelihood - Rounding)
        );
        Assert.Equal(Math.Log(found.Sum(likely => Math.Exp(likely.LogLikelihood))), search.LogEvidence, Rounding);
        Assert.All(found, likely => Assert.Equal(FormulaParser.Parse(cell), likely.Assignment.Composition));
    }

    [Fact]
    public void BestFirst_of_a_large_cell_gives_the_first_without_looking_at_all()
    {
        WyckoffSearch search = Search(47, "Na12Al12Si12O16");
        LikelyAssignment[] best = [.. search.BestFirst().Take(200)];
        Assert.Equal(200, best.Select(likely => $"{likely.Assignment}").Distinct().Count());
        Assert.True(search.Count > BigInteger.Pow(10, 12), $"{search.Count}");
    }

    [Theory]
    [InlineData(
        230,
        "NaCl",
        "NaCl cannot have space group 230 (Ia-3d) with Z = 1 in the primitive cell: its smallest set of equivalent sites has 8 in the primitive cell, a half of the conventional one."
    )]
    [InlineData(
        221,
        "Na2Cl2",
        "NaCl cannot have space group 221 (Pm-3m) with Z = 2 in the primitive cell: its sets of equivalent sites in the primitive cell have 1, 3, 6, 8, 12, 24 and 48 sites, those without free parameters once each; 2 Na, 2 Cl cannot be made of them."
    )]
    public void BestFirst_of_an_impossible_wish_says_why(int group, string cell, string expected)
    {
        InputException thrown = Assert.Throws<InputException>(() => Search(group, cell).BestFirst());
        Assert.Equal(expected, thrown.Message);
    }

    [Fact]
    public void Assignment_with_an_immovable_position_taken_twice_is_refused()
    {
        PrimitiveSetting setting = PrimitiveSetting.Of(225);
        Assert.Throws<ArgumentException>(() =>
            new WyckoffAssignment(
                setting,
                [new(Element.FromSymbol("Na"), setting.Orbit('a')), new(Element.FromSymbol("Cl"), setting.Orbit('a'))]
            )
        );
    }

    /// <summary>By a shift: rock salt, perovskite. By an inversion: zinc blende.</summary>
    [Theory]
    [InlineData(225, "NaCl", 1)]
    [InlineData(216, "ZnS", 2)]
    [InlineData(221, "SrTiO3", 2)]
    [InlineData(191, "MgB2", 3)]
    public void Signature_is_the_same_for_ways_that_differ_by_the_origin(int group, string cell, int different) =>
        Assert.Equal(
            different,
            Search(group, cell).BestFirst().DistinctBy(likely => likely.Assignment.Signature).Count()
        );

    [Fact]
    public void MeanSets_of_a_position_without_crystals_is_above_zero() =>
        Assert.All(
            Enumerable.Range(1, 230).SelectMany(WyckoffPosition.Of),
            position => Assert.True(WyckoffOccupations.MeanSets(position) > 0)
        );

    [Fact]
    public void Crystals_are_those_that_were_counted() =>
        Assert.Equal(54_878, Enumerable.Range(1, 230).Sum(WyckoffOccupations.Crystals));

    /// <summary>Each way to ask for ways stops: the table of what is possible, and the search for the next way.</summary>
    [Fact]
    public void Search_that_is_cancelled_stops_before_and_between_ways()
    {
        using CancellationTokenSource source = new();
        WyckoffSearch search = new(PrimitiveSetting.Of(47), FormulaParser.Parse("Na12Al12Si12O16"), source.Token);
        using IEnumerator<LikelyAssignment> ways = search.BestFirst().GetEnumerator();
        Assert.True(ways.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => ways.MoveNext());
        WyckoffSearch late = new(PrimitiveSetting.Of(47), FormulaParser.Parse("Na12Al12Si12O16"), source.Token);
        Assert.Throws<OperationCanceledException>(() => late.Count);
        Assert.Throws<OperationCanceledException>(() => late.LogEvidence);
        Assert.Throws<OperationCanceledException>(() => late.Obstacle);
    }

    private static WyckoffSearch Search(int group, string cell) =>
        new(PrimitiveSetting.Of(group), FormulaParser.Parse(cell));

    /// <summary>Every number of sets of every element at every position, whatever comes of it; kept where counts and fixed positions are right.</summary>
    private static HashSet<string> BlindSearch(Composition composition, PrimitiveSetting setting)
    {
        List<OccupiedOrbit[]> ways =
        [
            [],
        ];
        foreach ((Element element, int count) in composition.Counts)
        {
            List<OccupiedOrbit[]> own =
            [
                [],
            ];
            foreach (SiteOrbit orbit in setting.Orbits)
            {
                own =
                [
                    .. own.SelectMany(way =>
                        Enumerable
                            .Range(0, 1 + (count / orbit.Multiplicity))
                            .Select(sets =>
                                way.Concat(Enumerable.Repeat(new OccupiedOrbit(element, orbit), sets)).ToArray()
                            )
                            .Where(longer => longer.Sum(occupied => occupied.Orbit.Multiplicity) <= count)
                    ),
                ];
            }

            own = [.. own.Where(way => way.Sum(occupied => occupied.Orbit.Multiplicity) == count)];
            ways = [.. ways.SelectMany(way => own.Select(other => way.Concat(other).ToArray()))];
        }

        return
        [
            .. ways.Where(way =>
                    way.Where(occupied => occupied.Orbit.Freedom == 0)
                        .GroupBy(occupied => occupied.Orbit)
                        .All(same => same.Count() == 1)
                )
                .Select(way => $"{new WyckoffAssignment(setting, way)}"),
        ];
    }
}
