using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

namespace Kagome.Tests;

public sealed class CrystalConstraintsTests
{
    public static TheoryData<string, CrystalConstraints> Refused { get; } =
        new()
        {
            {
                nameof(CrystalConstraints.SpaceGroups),
                new() { SpaceGroups = [0] }
            },
            {
                nameof(CrystalConstraints.SpaceGroups),
                new() { SpaceGroups = [221, 231] }
            },
            {
                nameof(CrystalConstraints.SpaceGroups),
                new() { SpaceGroups = null! }
            },
            {
                nameof(CrystalConstraints.CrystalSystems),
                new() { CrystalSystems = [(CrystalSystem)7] }
            },
            {
                nameof(CrystalConstraints.CrystalSystems),
                new() { CrystalSystems = null! }
            },
            {
                nameof(CrystalConstraints.Cell),
                new() { Cell = new LatticeParameters(3, 3, 3, 90, 90, 180) }
            },
            {
                nameof(CrystalConstraints.Cell),
                new() { Cell = new LatticeParameters(3, -3, 3, 90, 90, 90) }
            },
            {
                nameof(CrystalConstraints.CellTolerance),
                new() { CellTolerance = 0 }
            },
            {
                nameof(CrystalConstraints.CellTolerance),
                new() { CellTolerance = -0.1 }
            },
            {
                nameof(CrystalConstraints.CellTolerance),
                new() { CellTolerance = 10 }
            },
            {
                nameof(CrystalConstraints.CellTolerance),
                new() { CellTolerance = double.NaN }
            },
            {
                nameof(CrystalConstraints.VolumePerAtom),
                new() { VolumePerAtom = new(16, 12) }
            },
            {
                nameof(CrystalConstraints.VolumePerAtom),
                new() { VolumePerAtom = new(0, 12) }
            },
            {
                nameof(CrystalConstraints.VolumePerAtom),
                new() { VolumePerAtom = new(1, double.PositiveInfinity) }
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Validate_of_what_cannot_be_names_the_option(string option, CrystalConstraints constraints) =>
        Assert.Equal(option, Assert.Throws<OptionException>(constraints.Validate).Option);

    [Fact]
    public void Validate_of_a_group_of_another_system_is_refused()
    {
        CrystalConstraints contrary = new() { SpaceGroups = [221], CrystalSystems = [CrystalSystem.Hexagonal] };
        Assert.Contains("221", Assert.Throws<InputException>(contrary.Validate).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(221, 3.9, 3.9, 4.5, 90, 90)]
    [InlineData(191, 5.6, 5.6, 5.6, 90, 90)]
    [InlineData(75, 4, 4.5, 5, 90, 90)]
    [InlineData(14, 4, 4.5, 5, 85, 80)]
    public void Validate_of_a_cell_that_crystals_of_the_group_cannot_have_is_refused(
        int group,
        double a,
        double b,
        double c,
        double alpha,
        double gamma
    )
    {
        CrystalConstraints contrary = new()
        {
            SpaceGroups = [group],
            Cell = new LatticeParameters(a, b, c, alpha, 90, gamma),
        };
        InputException refused = Assert.Throws<InputException>(contrary.Validate);
        Assert.Contains($"({group})", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(225, 5.64, 5.64, 5.64, 90, 90)] // conventional
    [InlineData(225, 3.99, 3.99, 3.99, 60, 60)] // primitive
    [InlineData(166, 4, 4, 20, 90, 120)]
    [InlineData(62, 5.7, 8.1, 5.6, 90, 90)]
    [InlineData(1, 4, 4, 4, 90, 90)]
    public void Validate_of_a_cell_that_crystals_of_the_group_have_takes_it(
        int group,
        double a,
        double b,
        double c,
        double alpha,
        double gamma
    ) =>
        new CrystalConstraints
        {
            SpaceGroups = [group],
            Cell = new LatticeParameters(a, b, c, alpha, alpha, gamma),
        }.Validate();

    [Fact]
    public void Admits_without_any_constraint_everything()
    {
        CrystalConstraints none = new();
        Assert.True(none.IsEmpty);
        Assert.True(none.Admits(null));
        Assert.Equal(230, none.AdmittedSpaceGroups.Count());
        Assert.Equal("", $"{none}");
    }

    [Fact]
    public void Admits_with_groups_and_systems_what_is_in_both()
    {
        CrystalConstraints both = new() { SpaceGroups = [62, 221, 225], CrystalSystems = [CrystalSystem.Cubic] };
        both.Validate();
        Assert.Equal([221, 225], both.AdmittedSpaceGroups);
        Assert.False(both.Admits(null));
        Assert.False(both.Admits(62));
    }

    [Fact]
    public void AdmitsImage_of_a_screw_the_other_way_round_too()
    {
        CrystalConstraints right = new() { SpaceGroups = [76] };
        Assert.False(right.Admits(78));
        Assert.True(right.AdmitsImage(78));
        Assert.False(right.AdmitsImage(77));
    }

    [Fact]
    public void ToString_says_all_that_is_known() =>
        Assert.Equal(
            "of space group Pm-3m (221), with a cell of 3.9, 3.9, 3.9 Å, 90, 90, 90°, of 10 to 14 Å³/atom",
            $"{new CrystalConstraints { SpaceGroups = [221], Cell = new LatticeParameters(3.9, 3.9, 3.9, 90, 90, 90), VolumePerAtom = new(10, 14) }}"
        );
}
