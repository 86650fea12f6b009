using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests.Matching;

public sealed class DuplicateGroupsTests
{
    private static readonly StructureMatcher Matcher = new(MatcherOptions.Default);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Find_real_crystals_gives_the_groups_of_comparing_each_with_each()
    {
        Structure[] structures = [.. GoldenPairs.Read().Take(60).SelectMany(pair => new[] { pair.First, pair.Second })];
        Assert.Equal(
            FindByComparingAll(structures).Select(group => string.Join(' ', group)),
            DuplicateGroups.Find(structures, Matcher, Token).Select(group => string.Join(' ', group))
        );
    }

    [Fact]
    public void Find_copies_of_two_crystals_is_two_groups()
    {
        GoldenPair[] pairs = [.. GoldenPairs.Read().Take(2)];
        Structure[] structures =
        [
            .. Enumerable.Range(0, 200).Select(index => Supercell.Of(pairs[index % 2].First, 1, 1, 1 + (index % 3))),
        ];
        ImmutableArray<ImmutableArray<int>> groups = DuplicateGroups.Find(structures, Matcher, Token);
        Assert.Equal(2, groups.Length);
        Assert.All(groups[0], index => Assert.Equal(0, index % 2));
        Assert.All(groups[1], index => Assert.Equal(1, index % 2));
        Assert.Equal(groups[0].Order(), groups[0]);
    }

    [Fact]
    public void Find_cell_that_cannot_be_reduced_is_alone()
    {
        Structure crystal = GoldenPairs.Read().First().First;
        Structure needle = new(new(new(1e-100, 0, 0), new(1, 1e-100, 0), new(1, 1, 1e200)), crystal.Sites);
        Assert.Equal(
            ["0 3", "1", "2"],
            DuplicateGroups
                .Find([crystal, needle, needle, crystal], Matcher, Token)
                .Select(group => string.Join(' ', group))
        );
    }

    /// <summary>A measurement for docs/experiments.md, run by name with -explicit on.</summary>
    [Fact(Explicit = true)]
    public void Find_five_thousand_candidates_of_one_formula_takes_seconds()
    {
        const int kinds = 500;
        Random random = new(1);
        Structure Sloppy(Structure crystal) =>
            new(
                crystal.Lattice,
                crystal.Sites.Select(site => site with { Position = site.Position + Step(random, 0.01) })
            );
        Structure[] crystals = [.. Enumerable.Range(0, kinds).Select(_ => RandomSalt(random))];
        Structure[] candidates = [.. Enumerable.Range(0, 5000).Select(at => Sloppy(crystals[at % kinds]))];
        System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();
        int groups = DuplicateGroups.Find(candidates, Matcher, Token).Length;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{candidates.Length} candidates, {groups} groups, {clock.Elapsed.TotalSeconds:F1} s"
        );
        Assert.InRange(groups, 1, kinds + 50);
    }

    /// <summary>Na4Cl4 at random places of a random cell, as a poor generator makes it.</summary>
    private static Structure RandomSalt(Random random)
    {
        double Between(double least, double most) => least + (random.NextDouble() * (most - least));
        Lattice lattice = Lattice.FromParameters(
            new(Between(4, 8), Between(4, 8), Between(4, 8), Between(65, 115), Between(65, 115), Between(65, 115))
        );
        return new(
            lattice.ScaleToVolume(180),
            Enumerable.Range(0, 8).Select(at => new Site(new(at < 4 ? 11 : 17), Step(random, 1)))
        );
    }

    private static Fractional Step(Random random, double size) =>
        new(size * random.NextDouble(), size * random.NextDouble(), size * random.NextDouble());

    [Fact]
    public void Find_nothing_is_no_group() => Assert.Empty(DuplicateGroups.Find([], Matcher, Token));

    [Fact]
    public void Find_cancelled_throws() =>
        Assert.ThrowsAny<OperationCanceledException>(() =>
            DuplicateGroups.Find([GoldenPairs.Read().First().First], Matcher, new CancellationToken(canceled: true))
        );

    /// <summary>The slow, obvious way: each structure joins the first group whose first structure it matches.</summary>
    private static List<List<int>> FindByComparingAll(Structure[] structures)
    {
        List<List<int>> groups = [];
        for (int index = 0; index < structures.Length; index++)
        {
            List<int>? group = groups.Find(other =>
                Matcher.Match(structures[other[0]], structures[index], Token) is not null
            );
            if (group is null)
            {
                groups.Add(group = []);
            }

            group.Add(index);
        }

        return groups;
    }
}
