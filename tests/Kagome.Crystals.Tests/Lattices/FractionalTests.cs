using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Tests.Lattices;

public sealed class FractionalTests
{
    [Fact]
    public void Wrap_tiny_negative_returns_zero() => Assert.Equal(0, new Fractional(-1e-18, 0, 0).Wrap().X);

    [Fact]
    public void Wrap_any_position_lies_in_the_unit_cell() =>
        Gen.Double[-1e6, 1e6].Sample(value => new Fractional(value, 0, 0).Wrap().X is >= 0 and < 1);

    [Fact]
    public void Wrap_takes_each_axis_for_itself() =>
        Assert.Equal(new Fractional(0.25, 0.5, 0.75), new Fractional(-1.75, 0.5, 3.75).Wrap());

    [Fact]
    public void WrapToNearest_any_difference_is_at_most_half_a_cell_and_whole_cells_away() =>
        Gen.Double[-1e3, 1e3]
            .Array[3]
            .Sample(values =>
            {
                Fractional wrapped = new Fractional(values[0], values[1], values[2]).WrapToNearest();
                double[] nearest = [wrapped.X, wrapped.Y, wrapped.Z];
                return values
                    .Zip(nearest)
                    .All(pair => Math.Abs(pair.Second) <= 0.5 && double.IsInteger(pair.First - pair.Second));
            });

    [Fact]
    public void WrapToNearest_just_over_half_a_cell_turns_back() =>
        Assert.Equal(new Fractional(-0.25, 0.25, 0.5), new Fractional(0.75, -0.75, 0.5).WrapToNearest());

    [Theory]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, double.PositiveInfinity, 0)]
    [InlineData(0, 0, double.NegativeInfinity)]
    public void IsFinite_with_one_bad_component_is_false(double x, double y, double z) =>
        Assert.False(new Fractional(x, y, z).IsFinite);
}
