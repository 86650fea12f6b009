using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Tests.Relaxation;

/// <summary>Each bound by itself, just inside and just outside.</summary>
public sealed class CollapseGuardTests
{
    /// <summary>The cell is longest in the direction that changes, so that no distance does.</summary>
    [Theory]
    [InlineData(0.59, false)]
    [InlineData(0.61, true)]
    [InlineData(1.59, true)]
    [InlineData(1.61, false)]
    public void Allows_volume_near_a_bound_however_far_atoms_are_apart(double ratio, bool expected)
    {
        static Structure Tall(double height) =>
            new(new Lattice(new(3, 0, 0), new(0, 3, 0), new(0, 0, height)), [TestCrystals.Site("Cu", 0, 0, 0)]);
        Assert.Equal(expected, new CollapseGuard(Tall(8)).Allows(Tall(8 * ratio)));
    }

    [Theory]
    [InlineData(0.69, false)]
    [InlineData(0.71, true)]
    public void Allows_distance_near_the_bound_in_a_cell_that_stays_as_it_is(double ratio, bool expected)
    {
        static Structure Pair(double distance) =>
            new(Lattice.Cubic(10), [TestCrystals.Site("Na", 0, 0, 0), TestCrystals.Site("Cl", distance / 10, 0, 0)]);
        Assert.Equal(expected, new CollapseGuard(Pair(3)).Allows(Pair(3 * ratio)));
    }

    /// <summary>0.5 Å is the least distance of a valid structure: 0.7 of a short bond would be less.</summary>
    [Fact]
    public void Allows_no_structure_that_is_not_valid()
    {
        static Structure Pair(double distance) =>
            new(Lattice.Cubic(10), [TestCrystals.Site("H", 0, 0, 0), TestCrystals.Site("H", distance / 10, 0, 0)]);
        CollapseGuard guard = new(Pair(0.6));
        Assert.True(guard.Allows(Pair(0.51)));
        Assert.False(guard.Allows(Pair(0.49)));
    }
}
