using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class CrystalSystemTests
{
    [Theory]
    [InlineData(CrystalSystem.Triclinic, 1, 2)]
    [InlineData(CrystalSystem.Monoclinic, 3, 15)]
    [InlineData(CrystalSystem.Orthorhombic, 16, 74)]
    [InlineData(CrystalSystem.Tetragonal, 75, 142)]
    [InlineData(CrystalSystem.Trigonal, 143, 167)]
    [InlineData(CrystalSystem.Hexagonal, 168, 194)]
    [InlineData(CrystalSystem.Cubic, 195, 230)]
    public void System_of_a_number_is_that_of_the_tables(CrystalSystem system, int first, int last) =>
        Assert.All(
            Enumerable.Range(first, last - first + 1),
            number => Assert.Equal(system, SpaceGroupNumber.System(number))
        );

    [Theory]
    [InlineData(0)]
    [InlineData(231)]
    [InlineData(-1)]
    public void System_of_no_space_group_is_refused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceGroupNumber.System(number));

    /// <summary>The operations of a mirror image are those of the group with each w turned round, up to the choice of axes.</summary>
    [Fact]
    public void OfMirrorImage_pairs_the_groups_of_right_and_left_screws_alone()
    {
        int[] paired = [.. Enumerable.Range(1, 230).Where(number => SpaceGroupNumber.OfMirrorImage(number) != number)];
        Assert.Equal(22, paired.Length);
        Assert.All(
            paired,
            number => Assert.Equal(number, SpaceGroupNumber.OfMirrorImage(SpaceGroupNumber.OfMirrorImage(number)))
        );
        Assert.All(
            paired,
            number =>
                Assert.True(
                    SpaceGroupSetting
                        .OfNumber(number)[0]
                        .Operations.All(operation => operation.Rotation.Determinant == 1)
                )
        );
        Assert.Equal(78, SpaceGroupNumber.OfMirrorImage(76));
    }

    [Theory]
    [InlineData("221", 221)]
    [InlineData(" 191 ", 191)]
    [InlineData("P6/mmm", 191)]
    [InlineData("R -3 m", 166)]
    [InlineData("P n m a", 62)]
    [InlineData("Pbnm", 62)]
    [InlineData("-P 4 2 3", 221)]
    [InlineData("-p_4_2_3", 221)]
    public void Find_of_a_number_or_a_symbol_is_a_setting_of_the_group(string text, int number) =>
        Assert.Equal(number, SpaceGroupSetting.Find(text)[0].Number);

    [Theory]
    [InlineData("0")]
    [InlineData("231")]
    [InlineData("99999999999999999999")]
    [InlineData("P6/mmmm")]
    [InlineData("")]
    [InlineData("-1.5")]
    public void Find_of_anything_else_is_nothing(string text) => Assert.Empty(SpaceGroupSetting.Find(text));
}
