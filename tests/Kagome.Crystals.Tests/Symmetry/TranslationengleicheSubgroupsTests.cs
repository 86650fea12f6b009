using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class TranslationengleicheSubgroupsTests
{
    /// <summary>The maximal ones as International Tables A1 lists them.</summary>
    [Theory]
    [InlineData(62, new[] { 11, 14, 19, 26, 31, 33 })]
    [InlineData(194, new[] { 63, 163, 164, 176, 182, 186, 187, 190 })]
    [InlineData(221, new[] { 123, 166, 200, 207, 215 })]
    [InlineData(225, new[] { 139, 166, 202, 209, 216 })]
    [InlineData(227, new[] { 141, 166, 203, 210, 216 })]
    public void IsSubgroupOf_of_largest_subgroups_agrees_with_the_tables(int number, int[] expected)
    {
        SpaceGroup group = SpaceGroup.OfNumber(number);
        SpaceGroup[] parts =
        [
            .. Enumerable
                .Range(1, SpaceGroupNumber.Largest)
                .Where(other => other != number)
                .Select(SpaceGroup.OfNumber)
                .Where(other => other.IsSubgroupOf(group)),
        ];
        Assert.Equal(
            expected,
            parts
                .Where(part => !parts.Any(other => other.Number != part.Number && part.IsSubgroupOf(other)))
                .Select(part => part.Number)
        );
    }

    [Fact]
    public void IsSubgroupOf_for_every_group_holds_P1_and_itself_and_subgroups_of_subgroups()
    {
        SpaceGroup[] all = [.. Enumerable.Range(1, SpaceGroupNumber.Largest).Select(SpaceGroup.OfNumber)];
        ILookup<SpaceGroup, SpaceGroup> parts = all.SelectMany(group =>
                all.Where(other => other.IsSubgroupOf(group)).Select(part => (group, part))
            )
            .ToLookup(pair => pair.group, pair => pair.part);
        Assert.All(
            all,
            group =>
            {
                Assert.Contains(group, parts[group]);
                Assert.Contains(all[0], parts[group]);
                Assert.All(parts[group], part => Assert.Empty(parts[part].Except(parts[group])));
                Assert.All(parts[group], part => Assert.Equal(0, Order(group) % Order(part)));
            }
        );

        static int Order(SpaceGroup group) => PrimitiveSetting.Of(group.Number).Operations.Length;
    }

    [Fact]
    public void IsSubgroupOf_groups_of_the_same_size_is_false() =>
        Assert.False(SpaceGroup.OfNumber(19).IsSubgroupOf(SpaceGroup.OfNumber(18)));
}
