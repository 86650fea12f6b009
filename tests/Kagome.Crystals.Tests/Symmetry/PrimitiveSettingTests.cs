using System.Collections.Immutable;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class PrimitiveSettingTests
{
    private const double Rounding = 1e-12;
    private const double SamePlace = 1e-9;
    private const double TightSymprecAngstrom = 1e-4;
    private const int Seed = 7;

    public static TheoryData<int> Groups => [.. Enumerable.Range(1, 230)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void Of_has_each_operation_and_site_once_for_each_lattice_point(int number)
    {
        PrimitiveSetting setting = PrimitiveSetting.Of(number);
        int all = SpaceGroupSetting.OfNumber(number)[0].Operations.Length;
        Assert.Equal(all, setting.Operations.Length * setting.LatticePoints);
        Assert.Equal(SymmetryOperation.Identity, setting.Operations[0]);
        Assert.True(OperationGroup.IsGroup(setting.Operations));
        Assert.All(
            setting.Orbits,
            orbit =>
            {
                Assert.Equal(orbit.Position.Multiplicity, orbit.Multiplicity * setting.LatticePoints);
                Assert.Equal(orbit.Position.Freedom, orbit.Freedom);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Sites_are_images_of_each_other_in_any_basis(int number)
    {
        PrimitiveSetting setting = AnyBasis(number, Seed);
        Fractional general = new(0.1237, 0.2741, 0.3919);
        foreach (SiteOrbit orbit in setting.Orbits)
        {
            Fractional[] sites = [.. orbit.Sites(general)];
            Assert.Equal(orbit.Multiplicity, sites.Length);
            Assert.All(
                setting.Operations,
                operation =>
                    Assert.All(sites, site => Assert.Single(sites, other => AreOne(operation.Apply(site), other)))
            );
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Parameters_of_a_wrapped_site_are_those_it_was_made_with(int number)
    {
        Fractional general = new(0.1237, 0.7741, 0.3919);
        foreach (SiteOrbit orbit in AnyBasis(number, Seed).Orbits)
        {
            Fractional difference = orbit.Sites(general).First() - orbit.Offset;
            SymmetryOperation read = new(orbit.Parameters, default);
            Fractional wanted = new(
                orbit.Freedom > 0 ? general.X : 0,
                orbit.Freedom > 1 ? general.Y : 0,
                orbit.Freedom > 2 ? general.Z : 0
            );
            Assert.True(AreOne(wanted, read.Apply(difference)), $"{orbit} of {number}");
        }
    }

    [Theory]
    [MemberData(nameof(Groups))]
    public void Lattices_are_projected_once_and_have_the_symmetry(int number)
    {
        PrimitiveSetting setting = AnyBasis(number, Seed);
        Random random = new(Seed);
        double[] projected = setting.Lattices.Project([
            .. Enumerable.Range(0, 9).Select(_ => random.NextDouble() - 0.5),
        ]);
        Assert.All(
            setting.Lattices.Project(projected).Zip(projected),
            pair => Assert.Equal(pair.First, pair.Second, Rounding)
        );
        Cartesian[] rows = [Row(projected, 0), Row(projected, 3), Row(projected, 6)];
        foreach (SymmetryOperation operation in setting.Operations)
        {
            Cartesian Image(int column) =>
                (operation.Rotation[0, column] * rows[0])
                + (operation.Rotation[1, column] * rows[1])
                + (operation.Rotation[2, column] * rows[2]);
            Cartesian[] images = [Image(0), Image(1), Image(2)];
            for (int at = 0; at < 9; at++)
            {
                Assert.Equal(rows[at / 3].Dot(rows[at % 3]), images[at / 3].Dot(images[at % 3]), Rounding);
            }
        }
    }

    /// <summary>Free lengths and angles, and one turn where the rotations about one axis only commute with all of the group.</summary>
    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 9)]
    [InlineData(5, 5)]
    [InlineData(62, 3)]
    [InlineData(79, 3)]
    [InlineData(139, 2)]
    [InlineData(148, 3)]
    [InlineData(166, 2)]
    [InlineData(176, 3)]
    [InlineData(191, 2)]
    [InlineData(227, 1)]
    [InlineData(230, 1)]
    public void Lattices_have_the_dimensions_of_their_family(int number, int dimensions) =>
        Assert.Equal(dimensions, PrimitiveSetting.Of(number).Lattices.Basis.Length);

    [Theory]
    [MemberData(nameof(Groups))]
    public void Crystals_of_general_sites_have_the_group(int number)
    {
        NeedsSpglib.OrSkip();
        PrimitiveSetting setting = AnyBasis(number, Seed);
        SiteOrbit general = setting.Orbits[^1];
        WyckoffAssignment assignment = new(
            setting,
            [new(Element.FromSymbol("Na"), general), new(Element.FromSymbol("Cl"), general)]
        );
        Random random = new(Seed);
        Fractional Any() => new(random.NextDouble(), random.NextDouble(), random.NextDouble());
        Structure crystal = assignment.Place(AnyLattice(setting, random), [Any(), Any()]);
        Assert.Equal(assignment.Composition, crystal.Composition);
        Assert.Equal(setting.Group, new SymmetryFinder(TightSymprecAngstrom).Find(crystal)?.Group);
    }

    [Fact]
    public void In_a_basis_of_another_lattice_is_refused() =>
        Assert.Throws<ArgumentException>(() => PrimitiveSetting.Of(221).In(IntegerMatrix3.Diagonal(2, 1, 1)));

    [Fact]
    public void Orbit_of_an_unknown_letter_says_which_there_are()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => PrimitiveSetting.Of(2).Orbit('k'));
        Assert.StartsWith(
            "P-1 (2) has no Wyckoff position k; expected a to i.",
            thrown.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(14, "P2_1/c")]
    [InlineData(12, "C2/m")]
    [InlineData(150, "P321")]
    [InlineData(194, "P6_3/mmc")]
    [InlineData(225, "Fm-3m")]
    public void Group_has_the_symbol_that_programs_write(int number, string symbol) =>
        Assert.Equal(symbol, PrimitiveSetting.Of(number).Group.Symbol);

    private static PrimitiveSetting AnyBasis(int number, int seed)
    {
        PrimitiveSetting setting = PrimitiveSetting.Of(number);
        return setting.In(setting.DrawNiggliBasis(new Random(seed)));
    }

    private static Lattice AnyLattice(PrimitiveSetting setting, Random random)
    {
        double Length() => 5 + (3 * random.NextDouble());
        double Angle() => 75 + (20 * random.NextDouble());
        ImmutableArray<IntegerMatrix3> rotations = [.. setting.Operations.Select(operation => operation.Rotation)];
        return LatticeInvariants
            .Nearest(rotations, Lattice.FromParameters(new(Length(), Length(), Length(), Angle(), Angle(), Angle())))
            .ScaleToVolume(20 * setting.Operations.Length);
    }

    private static Cartesian Row(double[] matrix, int at) => new(matrix[at], matrix[at + 1], matrix[at + 2]);

    private static bool AreOne(Fractional first, Fractional second)
    {
        Fractional difference = (first - second).WrapToNearest();
        return Math.Abs(difference.X) < SamePlace
            && Math.Abs(difference.Y) < SamePlace
            && Math.Abs(difference.Z) < SamePlace;
    }
}
