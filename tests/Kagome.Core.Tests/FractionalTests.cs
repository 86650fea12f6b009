using Kagome.Core.Lattices;

namespace Kagome.Core.Tests;

public sealed class FractionalTests
{
    [Fact]
    public void Wrap_tiny_negative_returns_zero() => Assert.Equal(0, new Fractional(-1e-18, 0, 0).Wrap().X);

    [Fact]
    public void Wrap_any_position_lies_in_the_unit_cell() =>
        Gen.Double[-1e6, 1e6].Sample(value => new Fractional(value, 0, 0).Wrap().X is >= 0 and < 1);
}
