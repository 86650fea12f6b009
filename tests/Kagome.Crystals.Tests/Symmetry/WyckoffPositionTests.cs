using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class WyckoffPositionTests
{
    public static TheoryData<int> Groups => [.. Enumerable.Range(1, 230)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Site_of_general_parameters_has_as_many_images_as_the_multiplicity(int number)
    {
        SpaceGroupSetting setting = SpaceGroupSetting.OfNumber(number)[0];
        Fractional general = new(0.1237, 0.2741, 0.3919);
        foreach (WyckoffPosition position in WyckoffPosition.Of(number))
        {
            Fractional site = position.Site(general);
            HashSet<(int, int, int)> images =
            [
                .. setting.Operations.Select(operation => Rounded(operation.Apply(site))),
            ];
            Assert.Equal(position.Multiplicity, images.Count);
        }
    }

    [Fact]
    public void Of_all_groups_are_the_1731_of_the_tables()
    {
        int[] counts = [.. Enumerable.Range(1, 230).Select(number => WyckoffPosition.Of(number).Count)];
        Assert.Equal(1731, counts.Sum());
        Assert.All(counts, count => Assert.True(count > 0));
        Assert.Empty(WyckoffPosition.Of(0));
        Assert.Empty(WyckoffPosition.Of(231));
    }

    [Fact]
    public void Of_rock_salts_group_begins_with_its_two_cubic_sites()
    {
        IReadOnlyList<WyckoffPosition> positions = WyckoffPosition.Of(225);
        Assert.Equal(["4a", "4b", "8c"], positions.Take(3).Select(position => $"{position}"));
        Assert.Equal("m-3m", positions[0].SiteSymmetry);
        Assert.Equal([0, 0, 0], positions.Take(3).Select(position => position.Freedom));
        Assert.Equal(3, positions[^1].Freedom);
    }

    private static (int, int, int) Rounded(Fractional position)
    {
        static int Round(double coordinate) => (int)Math.Round((coordinate - Math.Floor(coordinate)) * 1e6) % 1_000_000;
        return (Round(position.X), Round(position.Y), Round(position.Z));
    }
}
