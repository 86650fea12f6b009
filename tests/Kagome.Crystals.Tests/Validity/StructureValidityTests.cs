using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Validity;

namespace Kagome.Crystals.Tests.Validity;

public sealed class StructureValidityTests
{
    private static readonly Element Sodium = Element.FromSymbol("Na");

    [Fact]
    public void Problem_rock_salt_has_none()
    {
        Structure salt = new(
            Lattice.Cubic(5.64),
            [
                .. new Fractional[] { new(0, 0, 0), new(0, 0.5, 0.5), new(0.5, 0, 0.5), new(0.5, 0.5, 0) }.SelectMany(
                    at => new Site[] { new(Sodium, at), new(Element.FromSymbol("Cl"), at + new Fractional(0.5, 0, 0)) }
                ),
            ]
        );
        Assert.Null(StructureValidity.Problem(salt));
        Assert.True(StructureValidity.IsValid(salt));
    }

    [Theory]
    [InlineData(0.51, true)]
    [InlineData(0.49, false)]
    public void IsValid_asks_for_half_an_angstrom_across_the_cell_wall(double distance, bool isValid)
    {
        Structure pair = new(
            Lattice.Cubic(4),
            [new(Sodium, new(0.01, 0, 0)), new(Sodium, new(0.01 - (distance / 4), 0, 0))]
        );
        Assert.Equal(isValid, StructureValidity.IsValid(pair));
    }

    [Theory]
    [InlineData(0.4, "two atoms are 0.4")] // large enough a cell, but a is too short
    [InlineData(0.01, "volume")]
    public void Problem_of_a_single_atom_is_its_own_copy_or_the_volume(double edge, string problem)
    {
        Structure atom = new(new Lattice(new(edge, 0, 0), new(0, 3, 0), new(0, 0, 3)), [new(Sodium, default)]);
        Assert.Contains(problem, StructureValidity.Problem(atom), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e30)]
    [InlineData(1e100)]
    public void Problem_of_an_absurd_cell_is_reported_not_thrown(double edge)
    {
        Lattice skewed = new(new(edge, 0, 0), new(edge, 1e-3, 0), new(0, 0, 1));
        Assert.NotNull(StructureValidity.Problem(new Structure(skewed, [new(Sodium, default)])));
    }

    [Fact]
    public void IsValid_does_not_depend_on_the_choice_of_cell() =>
        Gen.Select(UnreducedCrystals.Structure, UnreducedCrystals.Unimodular)
            .Sample(
                (structure, matrix) =>
                    StructureValidity.IsValid(structure)
                    == StructureValidity.IsValid(
                        new Structure(
                            structure.Lattice.Transform(matrix),
                            structure.Sites.Select(site =>
                                site with
                                {
                                    Position = structure
                                        .Lattice.Transform(matrix)
                                        .ToFractional(structure.Lattice.ToCartesian(site.Position)),
                                }
                            )
                        )
                    ),
                seed: "0000000000000"
            );
}
