using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class SpaceGroupSettingTests
{
    [Theory]
    [InlineData("Fm-3m", "-F 4 2 3")]
    [InlineData("F m -3 m", "-F 4 2 3")]
    [InlineData("F m 3 m", "-F 4 2 3")]
    [InlineData("fm3m", "-F 4 2 3")]
    [InlineData("F m -3 m S", "-F 4 2 3")]
    [InlineData("F m -3 m Z", "-F 4 2 3")]
    [InlineData("F 4/m -3 2/m", "-F 4 2 3")]
    [InlineData("F_m_-3_m", "-F 4 2 3")]
    [InlineData("F m \u22123 m", "-F 4 2 3")]
    [InlineData("F d -3 m :2", "-F 4vw 2vw 3")]
    [InlineData("F d -3 m Z", "-F 4vw 2vw 3")]
    [InlineData("F d 3 m S", "F 4d 2 3 -1d")]
    [InlineData("Fd-3m:1", "F 4d 2 3 -1d")]
    [InlineData("R -3 m :H", "-R 3 2\"")]
    [InlineData("R -3 m R", "-P 3* 2")]
    [InlineData("R 3 c {rhombohedral axes}", "P 3* -2n")]
    [InlineData("R-3m(h)", "-R 3 2\"")]
    [InlineData("P 1", "P 1")]
    [InlineData("P_1", "P 1")]
    [InlineData("P 1 21/c 1", "-P 2ybc")]
    [InlineData("P121/c1", "-P 2ybc")]
    [InlineData("P 1 1 21/b", "-P 2bc")]
    [InlineData("C m c a", "-C 2bc 2")]
    [InlineData("C m c e", "-C 2bc 2")]
    [InlineData("B b c m", "-B 2 2bc")]
    [InlineData("P63/mmc", "-P 6c 2c")]
    [InlineData("P6(3)/mmc", "-P 6c 2c")]
    [InlineData("P6_3/mmc", "-P 6c 2c")]
    [InlineData("P 6~3~/m m c", "-P 6c 2c")]
    [InlineData("P b n m", "-P 2c 2ab")]
    [InlineData("I 41/a m d :2", "-I 4bd 2")]
    [InlineData("C -1", "-C 1")]
    public void Named_spelling_that_is_certain_is_one_setting(string name, string hall) =>
        Assert.Equal(hall, Assert.Single(SpaceGroupSetting.Named(name)).HallSymbol);

    [Theory]
    [InlineData("F d -3 m", 2)]
    [InlineData("R -3 m", 2)]
    [InlineData("P 21/c", 2)]
    [InlineData("P2(1)/c", 2)]
    [InlineData("C 2/m", 2)]
    [InlineData("P 21", 3)]
    [InlineData("", 0)]
    [InlineData("F m -4 m", 0)]
    [InlineData("Fm-3m extra", 0)]
    [InlineData("F m -3 m :H", 0)]
    public void Named_other_name_gives_all_that_it_may_be(string name, int count) =>
        Assert.Equal(count, SpaceGroupSetting.Named(name).Count);

    [Fact]
    public void Named_every_name_of_the_table_finds_its_setting() =>
        Assert.All(
            SpaceGroupSetting.All,
            setting => Assert.All(setting.Names, name => Assert.Contains(setting, SpaceGroupSetting.Named(name)))
        );

    [Fact]
    public void OfNumber_every_number_has_one_group_order()
    {
        Assert.All(
            Enumerable.Range(1, 230),
            number =>
                Assert.Single(
                    SpaceGroupSetting
                        .OfNumber(number)
                        .Select(setting => OperationGroup.PointGroupOrder(setting.Operations))
                        .Distinct()
                )
        );
        Assert.Empty(SpaceGroupSetting.OfNumber(231));
    }

    [Theory]
    [InlineData("-R 3 2\"", 4, 4, 10, 90, 90, 120, true)]
    [InlineData("-R 3 2\"", 4, 4, 4, 60, 60, 60, false)]
    [InlineData("-P 3* 2", 4, 4, 4, 60, 60, 60, true)]
    [InlineData("-P 3* 2", 4, 4, 10, 90, 90, 120, false)]
    [InlineData("-P 2ybc", 4, 5, 6, 90, 100, 90, true)]
    [InlineData("-P 2ybc", 4, 5, 6, 90, 90, 100, false)]
    [InlineData("-F 4 2 3", 5.64, 5.641, 5.64, 90, 90, 90, true)]
    [InlineData("-F 4 2 3", 5.64, 6, 5.64, 90, 90, 90, false)]
    public void Fits_tells_settings_by_the_shape_of_the_cell(
        string hall,
        double a,
        double b,
        double c,
        double alpha,
        double beta,
        double gamma,
        bool expected
    )
    {
        Lattice lattice = Lattice.FromParameters(new(a, b, c, alpha, beta, gamma));
        Assert.True(HallSymbol.TryExpand(hall, out var operations));
        Assert.Equal(expected, OperationGroup.Fits(operations, lattice));
    }
}
