using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Prototypes.Tests;

namespace Kagome.Tests.Relaxation;

public sealed class InvariantMovesTests
{
    private const double TightSymprec = 1e-6;

    private static readonly Dictionary<string, Structure> Crystals = new()
    {
        ["rutile"] = TypicalCrystals.Rutile("Ti", "O", 4.59, 2.96),
        ["nickel arsenide"] = TypicalCrystals.NickelArsenide("Fe", "S", 3.44, 5.88),
        ["zinc blende"] = TypicalCrystals.ZincBlende("Ga", "As", 5.65),
        ["perovskite"] = TypicalCrystals.Perovskite("Ca", "Ti", "O", 3.9),
        ["two rutiles"] = Supercell.Of(TypicalCrystals.Rutile("Ti", "O", 4.59, 2.96), IntegerMatrix3.Diagonal(1, 1, 2)),
        ["quartz"] = Quartz(),
    };

    public static TheoryData<string> Names => [.. Crystals.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void OfStep_of_any_numbers_is_a_step_that_keeps_the_space_group(string name)
    {
        (Structure crystal, InvariantMoves moves, SpaceGroup group) = Symmetric(name);
        double[] step = moves.OfStep(Numbers(crystal, seed: 1));
        Assert.Contains(step, entry => Math.Abs(entry) > 1e-3);
        double[] point = [.. CrystalPoint.Of(crystal).Zip(step, (place, move) => place + move)];
        Assert.Equal(group, new SymmetryFinder(TightSymprec).Find(CrystalPoint.ToStructure(crystal, point))!.Group);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OfStep_of_a_step_that_keeps_the_group_is_that_step(string name)
    {
        (Structure crystal, InvariantMoves moves, _) = Symmetric(name);
        double[] once = moves.OfStep(Numbers(crystal, seed: 2));
        AssertEqual(once, moves.OfStep(once));
        double[] gradient = moves.OfGradient(Numbers(crystal, seed: 3));
        AssertEqual(gradient, moves.OfGradient(gradient));
    }

    /// <summary>The slope along a step that keeps the group is the same before and after.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void OfGradient_is_transposed_to_OfStep(string name)
    {
        (Structure crystal, InvariantMoves moves, _) = Symmetric(name);
        double[] gradient = Numbers(crystal, seed: 4);
        double[] step = Numbers(crystal, seed: 5);
        Assert.Equal(
            LbfgsMemory.Dot(gradient, moves.OfStep(step)),
            LbfgsMemory.Dot(moves.OfGradient(gradient), step),
            1e-10
        );
    }

    private static (Structure Crystal, InvariantMoves Moves, SpaceGroup Group) Symmetric(string name)
    {
        CrystalSymmetry symmetry = new SymmetryFinder(1e-3).Find(Crystals[name])!;
        return (symmetry.Symmetrised, new InvariantMoves(symmetry.Symmetrised, symmetry.Operations), symmetry.Group);
    }

    private static double[] Numbers(Structure crystal, int seed)
    {
        Random random = new(seed);
        return [.. CrystalPoint.Of(crystal).Select(_ => 0.05 * (random.NextDouble() - 0.5))];
    }

    private static void AssertEqual(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));

    /// <summary>α-quartz: hexagonal axes, screws, and free coordinates of both elements.</summary>
    private static Structure Quartz()
    {
        SpaceGroupSetting setting = SpaceGroupSetting.OfNumber(154)[0];
        Lattice lattice = Lattice.FromParameters(new LatticeParameters(4.91, 4.91, 5.4, 90, 90, 120));
        IEnumerable<Site> Orbit(string element, Fractional site, int multiplicity) =>
            setting
                .Operations.Select(operation => operation.Apply(site).Wrap())
                .DistinctBy(place =>
                    (Math.Round(place.X, 4) % 1, Math.Round(place.Y, 4) % 1, Math.Round(place.Z, 4) % 1)
                )
                .Take(multiplicity)
                .Select(place => TestCrystals.Site(element, place.X, place.Y, place.Z));
        return new Structure(
            lattice,
            [.. Orbit("Si", new(0.4697, 0, 2.0 / 3), 3), .. Orbit("O", new(0.4133, 0.2672, 0.786), 6)]
        );
    }
}
