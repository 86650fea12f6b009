using System.Collections.Immutable;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Prototypes.Tests;

public sealed class CandidatePairsTests
{
    [Theory]
    [InlineData("KBr")]
    [InlineData("CaTiO3")]
    [InlineData("BaZrO3")]
    [InlineData("LiMgAs")]
    [InlineData("NiS")]
    [InlineData("Co2S2")]
    public void Of_pairs_are_all_ways_to_fill_all_crystals_by_distance(string formula)
    {
        PrototypeLibrary library = LibraryOfDozen;
        Composition composition = FormulaParser.Parse(formula);
        PrototypeGroup known = library.Find(AnonymousFormula.Of(composition))!;
        CandidatePairs pairs = CandidatePairs.Of(composition, known);
        (float Distance, string Filling)[] expected =
        [
            .. (
                from crystal in known.Crystals
                from filling in Fillings(crystal, composition)
                let distance = crystal
                    .Structure.Sites.Zip(filling.Sites, (old, own) => ElementDistance.Between(old.Element, own.Element))
                    .Average()
                select (distance, $"{crystal.Id} {Text(filling)}")
            ).OrderBy(way => way.distance),
        ];
        Assert.Equal(expected.Length, pairs.Pairs.Length);
        Assert.Equal(
            expected.Select(way => way.Filling).Order(StringComparer.Ordinal),
            pairs
                .Pairs.Select(pair => $"{known.Crystals[pair.Crystal].Id} {Text(Filled(pairs, pair))}")
                .Order(StringComparer.Ordinal)
        );
        Assert.All(expected.Zip(pairs.Pairs), way => Assert.Equal(way.First.Distance, way.Second.Distance, 1e-5f));
    }

    [Theory]
    [InlineData("KBr")]
    [InlineData("BaZrO3")]
    [InlineData("LiMgAs")]
    [InlineData("Co2S2")]
    public void Of_pairs_are_one_candidate_exactly_where_they_make_the_same_crystal(string formula)
    {
        PrototypeLibrary library = LibraryOfDozen;
        Composition composition = FormulaParser.Parse(formula);
        CandidatePairs pairs = CandidatePairs.Of(composition, library.Find(AnonymousFormula.Of(composition))!);
        StructureMatcher matcher = new();
        foreach (CandidatePairs.Pair first in pairs.Pairs)
        {
            foreach (CandidatePairs.Pair second in pairs.Pairs)
            {
                Assert.Equal(
                    matcher
                        .Compare(Filled(pairs, first), Filled(pairs, second), TestContext.Current.CancellationToken)
                        .IsMatch,
                    first.Candidate == second.Candidate
                );
            }
        }

        Assert.Equal(Enumerable.Range(0, pairs.CandidateCount), pairs.Pairs.Select(pair => pair.Candidate).Distinct());
    }

    [Fact]
    public void Of_more_than_fit_takes_the_nearest()
    {
        string[] cations = ["Li", "Na", "K", "Rb", "Cs", "Mg", "Ca", "Sr", "Ba", "Mn"];
        string[] anions = ["F", "Cl", "Br", "I", "O", "S", "Se", "Te"];
        using PrototypeLibrary library = Library(
            cations.SelectMany(cation => anions.Select(anion => Record($"{cation}{anion}", RockSalt(cation, anion, 5))))
        );
        PrototypeGroup known = library.Find(new AnonymousFormula([1, 1]))!;
        CandidatePairs pairs = CandidatePairs.Of(FormulaParser.Parse("AgCl"), known);
        Assert.Equal(80, known.Crystals.Length);
        Assert.Equal(CandidatePairs.Most, pairs.Pairs.Length);
        Assert.Equal(1, pairs.CandidateCount);
        float[] all =
        [
            .. known
                .Crystals.SelectMany(crystal => new[] { Mean(crystal, "Cl", "Ag"), Mean(crystal, "Ag", "Cl") })
                .Order(),
        ];
        Assert.All(all.Zip(pairs.Pairs), way => Assert.Equal(way.First, way.Second.Distance, 1e-5f));
    }

    [Fact]
    public void Of_without_those_left_out_has_the_others()
    {
        PrototypeLibrary library = LibraryOfDozen;
        Composition composition = FormulaParser.Parse("CaTiO3");
        PrototypeGroup known = library.Find(AnonymousFormula.Of(composition))!;
        CandidatePairs pairs = CandidatePairs.Of(composition, known, crystal => crystal.Id == "CaTiO3");
        Assert.Equal(["KMgF3"], pairs.Pairs.Select(pair => known.Crystals[pair.Crystal].Id).Distinct());
        Assert.Empty(CandidatePairs.Of(composition, known, _ => true).Pairs);
    }

    private static float Mean(KnownCrystal crystal, string first, string second) =>
        (
            ElementDistance.Between(crystal.Elements[0], Element.FromSymbol(first))
            + ElementDistance.Between(crystal.Elements[1], Element.FromSymbol(second))
        ) / 2;

    /// <summary>Every assignment of the composition's elements to the crystal's that keeps the counts.</summary>
    private static IEnumerable<Structure> Fillings(KnownCrystal crystal, Composition composition)
    {
        Element[] old = [.. crystal.Structure.Composition.Counts.Keys];
        return Permutations([.. composition.Counts.Keys])
            .Where(own =>
                own.Zip(old)
                    .All(pair => composition.Counts[pair.First] == crystal.Structure.Composition.Counts[pair.Second])
            )
            .Select(own => new Structure(
                crystal.Structure.Lattice,
                crystal.Structure.Sites.Select(site => site with { Element = own[Array.IndexOf(old, site.Element)] })
            ));
    }

    private static IEnumerable<ImmutableArray<Element>> Permutations(ImmutableArray<Element> elements) =>
        elements.IsEmpty
            ?
            [
                [],
            ]
            : elements.SelectMany(first => Permutations(elements.Remove(first)).Select(rest => rest.Add(first)));

    private static Structure Filled(CandidatePairs pairs, CandidatePairs.Pair pair) =>
        pairs
            .Group.Crystals[pair.Crystal]
            .With([.. pairs.Group.Orders[pair.Order].Select(place => pairs.Elements[place])], 15);

    private static string Text(Structure structure) => string.Join(',', structure.Sites.Select(site => site.Element));
}
