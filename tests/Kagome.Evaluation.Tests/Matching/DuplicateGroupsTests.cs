using System.Collections.Immutable;
using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;

namespace Kagome.Evaluation.Tests.Matching;

public sealed class DuplicateGroupsTests
{
    private static readonly StructureMatcher Matcher = new(MatcherSettings.Default);

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
