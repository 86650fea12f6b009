using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class SymmetryOperationTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData("x,y,z", "x,y,z")]
    [InlineData("1/2+x, -Y + 0.5, z-1/4", "x+1/2,-y+1/2,z-1/4")]
    [InlineData("-y,x-y,z+0.333", "-y,x-y,z+1/3")]
    [InlineData("x-y,x,z+0.8333", "x-y,x,z+5/6")]
    [InlineData("+z,x+y-y,y+1", "z,x,y+1")]
    [InlineData("x+1/2+1/4,y,z", "x+3/4,y,z")]
    [InlineData("x+0.123456,y,z", "x+0.123456000000,y,z")]
    public void TryParse_any_spelling_prints_as_cif_does(string text, string expected)
    {
        Assert.True(SymmetryOperation.TryParse(text, out SymmetryOperation operation));
        Assert.Equal(expected, operation.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x,y")]
    [InlineData("x,y,z,x")]
    [InlineData("x,y,")]
    [InlineData("x,y,z+")]
    [InlineData("x,y,z--")]
    [InlineData("x,y,--z")]
    [InlineData("x,y,2z")]
    [InlineData("x,y,z+z")]
    [InlineData("x,y,z/2")]
    [InlineData("x,y,z+1/0")]
    [InlineData("x,y,z+1/2/3")]
    [InlineData("x,y,z+NaN")]
    [InlineData("x,y,z+1e3")]
    [InlineData("x,y,z+999")]
    [InlineData("x,y,w")]
    [InlineData("x,x,z")]
    [InlineData("x+y,x-y,z")]
    public void TryParse_text_that_is_no_operation_fails(string text) =>
        Assert.False(SymmetryOperation.TryParse(text, out _));

    [Fact]
    public void Apply_threefold_screw_axis_three_times_moves_one_cell_up()
    {
        Assert.True(SymmetryOperation.TryParse("-y,x-y,z+1/3", out SymmetryOperation screw));
        Fractional start = new(0.1, 0.25, 0.5);

        Fractional end = screw.Apply(screw.Apply(screw.Apply(start)));

        Assert.Equal(start.X, end.X, Tolerance);
        Assert.Equal(start.Y, end.Y, Tolerance);
        Assert.Equal(start.Z + 1, end.Z, Tolerance);
    }
}
