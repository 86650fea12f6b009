using Kagome.Core.Structures;
using Kagome.Networks.Models;
using Kagome.Sampling.Crystals;
using Kagome.Sampling.Energies;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Sampling.Tests.Energies;

public sealed class CleanEnergiesTests : IDisposable
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
        double[] together = CleanEnergies.Of(network, Crystals);
        foreach ((Structure crystal, double energy) in Crystals.Zip(together))
        {
            StructureBatch alone = StructureBatch.Of([crystal], network.parameters().First());
            Tensor expected = network
                .Evaluate(
                    alone.AtomicNumbers,
                    alone.State.Coordinates,
                    alone.State.Lattices,
                    zeros(1, dtype: ScalarType.Int64)
                )
                .Energies!;
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
        Assert.Throws<ArgumentException>(() => CleanEnergies.Of(generator, Crystals));
    }

    [Fact]
    public void Of_leaves_no_tensors() => NoTensorLeaks.During(() => CleanEnergies.Of(network, Crystals));

    public void Dispose() => network.Dispose();
}
