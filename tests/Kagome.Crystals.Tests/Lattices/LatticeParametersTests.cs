using Kagome.Crystals.Lattices;
using Kagome.Testing;

namespace Kagome.Crystals.Tests.Lattices;

public sealed class LatticeParametersTests
{
    private const double VolumeTolerance = 1e-10; // Å³

    [Fact]
    public void Volume_of_an_orthorhombic_cell_is_exactly_the_product_of_its_edges() =>
        Assert.Equal(3 * 4 * 5.5, new LatticeParameters(3, 4, 5.5, 90, 90, 90).Volume);

    [Fact]
    public void Volume_of_a_hexagonal_cell_is_that_of_its_rhombus_times_c() =>
        Assert.Equal(3 * 3 * 5 * Math.Sqrt(3) / 2, new LatticeParameters(3, 3, 5, 90, 90, 120).Volume, VolumeTolerance);

    [Fact]
    public void Volume_of_impossible_angles_is_not_a_number() =>
        Assert.Equal(double.NaN, new LatticeParameters(5, 5, 5, 100, 130, 131).Volume);

    [Fact]
    public void Problem_of_a_cell_is_null() =>
        CrystalGenerators.Parameters.Sample(parameters => parameters.Problem() is null);

    [Fact]
    public void Problem_of_a_bad_length_names_it_its_value_and_what_was_expected() =>
        Assert.Equal(
            "b is -1.5; expected a length in Å above 0",
            new LatticeParameters(3, -1.5, 3, 90, 90, 90).Problem()
        );

    [Fact]
    public void Problem_of_a_bad_angle_names_it_its_value_and_what_was_expected() =>
        Assert.Equal(
            "alpha is 200; expected an angle between 0 and 180 degrees",
            new LatticeParameters(3, 3, 3, 200, 90, 90).Problem()
        );

    [Fact]
    public void Problem_of_angles_that_do_not_fit_names_all_three() =>
        Assert.Equal("the angles 20, 30, 60 enclose no volume", new LatticeParameters(3, 3, 3, 20, 30, 60).Problem());

    [Fact]
    public void Problem_anglesThatRoundingGivesAVolume_areRefusedAll() =>
        Assert.Equal(
            "the angles 80, 80, 7E-08 enclose no volume",
            new LatticeParameters(3, 1e5, 3, 80, 80, 7e-8).Problem()
        );
}
