using Kagome.Crystals.Structures;
using Kagome.Energies;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Tests.Energies;

public sealed class CrystalReadingsTests : IDisposable
{
    private const double Float64Tolerance = 1e-10;

    private static readonly Structure[] Crystals =
    [
        TestCrystals.CaesiumChloride,
        TestCrystals.ZincBlende,
        TestCrystals.Skewed,
    ];

    private readonly Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration);

    [Fact]
    public void Of_a_batch_is_what_the_network_says_of_each_at_time_0()
    {
        using DisposeScope scope = NewDisposeScope();
        double[] together = Energies(network, Crystals);
        foreach ((Structure crystal, double energy) in Crystals.Zip(together))
        {
            Tensor expected = network.Evaluate(CrystalBatch.Of([crystal], network.parameters().First())).Energies!;
            Assert.Equal(expected.item<double>(), energy, Float64Tolerance);
        }
    }

    [Fact]
    public void Of_a_network_without_energy_head_is_refused()
    {
        using Crysformer generator = RandomNetwork.Create(
            RandomNetwork.SmallConfiguration with
            {
                HasEnergyHead = false,
            }
        );
        Assert.Throws<ArgumentException>(() => Energies(generator, Crystals));
    }

    [Fact]
    public void Of_leaves_no_tensors() => NoTensorLeaks.During(() => Energies(network, Crystals));

    public void Dispose() => network.Dispose();

    private static double[] Energies(Crysformer network, IReadOnlyList<Structure> crystals)
    {
        using FoldedCrysformer folded = network.Fold();
        return CrystalReadings.Of(folded, crystals);
    }
}
