using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Reports.Crystals;

namespace Kagome.Reports.Tests;

public sealed class CrystalViewTests
{
    private const double Tolerance = 1e-9;

    private static readonly Element Copper = Element.FromSymbol("Cu");

    [Theory]
    [InlineData(0, 0, 0, 8)] // a corner
    [InlineData(0.5, 0, 0, 4)] // the middle of an edge
    [InlineData(0.5, 0.5, 0.99, 2)] // on a wall, nearly
    [InlineData(0.5, 0.5, 0.5, 1)]
    [InlineData(-1, 2, 0.5, 4)] // far outside: an edge again
    public void Atoms_on_walls_are_shown_on_the_opposite_ones_too(double x, double y, double z, int count) =>
        Assert.Equal(count, new CrystalView(Crystal(Lattice.Cubic(4), new Fractional(x, y, z))).Atoms.Count);

    [Fact]
    public void Atoms_run_from_the_farthest_to_the_nearest()
    {
        CrystalView view = new(Crystal(Lattice.Cubic(4), new Fractional(0, 0, 0), new Fractional(0.5, 0.2, 0.7)));
        double[] depths = [.. view.Atoms.Select(atom => atom.Centre.Depth)];
        Assert.Equal(depths.Order(), depths);
    }

    [Fact]
    public void Picture_keeps_lengths_across_and_depth_together()
    {
        CrystalView view = new(Crystal(Lattice.Cubic(4), new Fractional(0.5, 0.5, 0.5)));
        Assert.Equal(12, view.Edges.Count);
        Assert.All(
            view.Edges,
            edge =>
            {
                double x = edge.To.X - edge.From.X;
                double y = edge.To.Y - edge.From.Y;
                double depth = edge.To.Depth - edge.From.Depth;
                Assert.Equal(4, Math.Sqrt((x * x) + (y * y) + (depth * depth)), Tolerance);
            }
        );
    }

    [Fact]
    public void Picture_does_not_depend_on_how_the_crystal_is_turned()
    {
        Fractional position = new(0.1, 0.3, 0.45);
        Lattice lattice = Lattice.FromParameters(new LatticeParameters(4, 5, 6, 80, 95, 110));
        // x → y → z → x is a rotation
        Lattice turned = new(Turn(lattice.A), Turn(lattice.B), Turn(lattice.C));
        SeenPoint expected = new CrystalView(Crystal(lattice, position)).Atoms[0].Centre;
        SeenPoint actual = new CrystalView(Crystal(turned, position)).Atoms[0].Centre;
        Assert.Equal(expected.X, actual.X, Tolerance);
        Assert.Equal(expected.Y, actual.Y, Tolerance);
        Assert.Equal(expected.Depth, actual.Depth, Tolerance);

        static Cartesian Turn(Cartesian vector) => new(vector.Z, vector.X, vector.Y);
    }

    [Fact]
    public void Picture_of_a_mirror_image_is_another()
    {
        Fractional position = new(0.1, 0.3, 0.45);
        Lattice lattice = Lattice.FromParameters(new LatticeParameters(4, 5, 6, 80, 95, 110));
        Lattice mirrored = new(Mirror(lattice.A), Mirror(lattice.B), Mirror(lattice.C));
        double distance = Math.Abs(
            new CrystalView(Crystal(lattice, position)).Atoms[0].Centre.Depth
                - new CrystalView(Crystal(mirrored, position)).Atoms[0].Centre.Depth
        );
        Assert.True(distance > 0.1, $"{distance} Å");

        static Cartesian Mirror(Cartesian vector) => vector with { Y = -vector.Y };
    }

    private static Structure Crystal(Lattice lattice, params Fractional[] positions) =>
        new(lattice, positions.Select(position => new Site(Copper, position)));
}
