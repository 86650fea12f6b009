using Kagome.Core.Structures;
using Kagome.Sampling.Crystals;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Sampling.Tests.Crystals;

public sealed class StructureBatchTests
{
    [Fact]
    public void Of_two_crystals_holds_their_numbers_in_order()
    {
        using DisposeScope scope = NewDisposeScope();
        StructureBatch batch = StructureBatch.Of(
            [TestCrystals.CaesiumChloride, TestCrystals.ZincBlende],
            zeros(1, float64)
        );
        Assert.Equal([55, 17, 31, 33], batch.AtomicNumbers.data<long>().ToArray());
        Assert.Equal([2, 2, 3], batch.State.Coordinates.shape);
        Assert.Equal(0.25, batch.State.Coordinates[1, 1, 2].item<double>());
        Assert.Equal(4.123, batch.State.Lattices[0, 2, 2].item<double>());
        Assert.Equal(2.83, batch.State.Lattices[1, 0, 1].item<double>());
    }

    [Fact]
    public void Of_crystals_of_two_sizes_is_refused_with_both()
    {
        Structure larger = new(
            TestCrystals.CaesiumChloride.Lattice,
            [.. TestCrystals.CaesiumChloride.Sites, TestCrystals.Site("Na", 0.5, 0, 0)]
        );
        using Tensor like = zeros(1);
        string message = Assert
            .Throws<ArgumentException>(() => StructureBatch.Of([TestCrystals.CaesiumChloride, larger], like))
            .Message;
        Assert.Contains("2, 3 atoms", message, StringComparison.Ordinal);
    }
}
