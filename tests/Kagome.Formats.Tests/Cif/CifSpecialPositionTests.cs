using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats.Cif;

namespace Kagome.Formats.Tests.Cif;

public sealed class CifSpecialPositionTests
{
    private const string Hexagonal = "_symmetry_space_group_name_H-M 'P 63/m m c'";
    private const string LargeCell = "14 14 20 90 90 120";
    private static readonly CifFormat Format = new();

    [Theory]
    [InlineData("0.33 0.67 0.25", 2, true)]
    [InlineData("0.333 0.667 0.25", 2, true)]
    [InlineData("0.3333 0.6667 0.25", 2, false)]
    [InlineData("0.33333333 0.66666667 0.25", 2, false)]
    [InlineData("0.17 0.33 0.25", 6, true)]
    [InlineData("0.167 0.333 0.250", 6, true)]
    public void Read_rounded_digits_are_moved_onto_the_axis(string position, int count, bool isRemarked)
    {
        CrystalRecord crystal = FormatText.ReadRecord(Format, CifText.Crystal(Hexagonal, LargeCell, $"Mg1 {position}"));

        Assert.Equal(count, crystal.Structure.AtomCount);
        Assert.Equal(
            isRemarked,
            crystal.Remarks.Any(remark => remark.Contains("was moved to", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("0.32 0.67 0.25")]
    [InlineData("0.340 0.667 0.25")]
    [InlineData("0.3300 0.6700 0.25")]
    public void Read_digits_that_say_another_place_stay(string position)
    {
        CrystalRecord crystal = FormatText.ReadRecord(Format, CifText.Crystal(Hexagonal, LargeCell, $"Mg1 {position}"));

        Assert.True(crystal.Structure.AtomCount > 2);
        Assert.Contains(
            crystal.Remarks,
            remark => remark.Contains("from an image of itself", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Read_one_digit_is_exact() =>
        Assert.Equal(
            6,
            FormatText.ReadOne(Format, CifText.Crystal(Hexagonal, LargeCell, "Mg1 0.3 0.7 0.25")).AtomCount
        );

    [Fact]
    public void Within_never_moves_farther_than_the_precision() =>
        Gen.Select(Gen.Int[0, SpaceGroupSetting.All.Length - 1], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99])
            .Sample(
                (setting, x, y, z) =>
                {
                    CifSpecialPosition special = new(SpaceGroupSetting.All[setting].Operations);
                    Fractional position = new(x / 100.0, y / 100.0, z / 100.0);
                    const double Precision = 0.005;
                    if (special.Within(position, new(Precision, Precision, Precision)) is { } moved)
                    {
                        Fractional shift = moved - position;
                        Assert.InRange(Math.Abs(shift.X), 0, Precision + 1e-9);
                        Assert.InRange(Math.Abs(shift.Y), 0, Precision + 1e-9);
                        Assert.InRange(Math.Abs(shift.Z), 0, Precision + 1e-9);
                    }
                },
                seed: "0N0XIzNsQ0O2",
                iter: 2000,
                threads: 1
            );

    [Fact]
    public void Read_two_sites_that_are_apart_stay_two()
    {
        Structure crystal = FormatText.ReadOne(
            Format,
            CifText.Crystal(Hexagonal, LargeCell, "Mg1 0.33 0.67 0.25", "Zn1 0.33 0.67 0.28")
        );

        Assert.Equal(2, crystal.Sites.Count(site => site.Element.Symbol == "Mg"));
        Assert.Equal(4, crystal.Sites.Count(site => site.Element.Symbol == "Zn"));
    }
}
