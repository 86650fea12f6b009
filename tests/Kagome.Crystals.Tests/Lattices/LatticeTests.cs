using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Tests.Lattices;

public sealed class LatticeTests
{
    [Fact]
    public void ToString_names_the_three_vectors() =>
        Assert.Equal("Lattice { A = (4, 0, 0), B = (0, 4, 0), C = (0, 0, 4) }", Lattice.Cubic(4).ToString());
}
