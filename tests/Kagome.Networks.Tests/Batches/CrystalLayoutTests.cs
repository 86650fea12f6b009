using Kagome.Networks.Batches;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests.Batches;

public sealed class CrystalLayoutTests
{
    private const double Float32Tolerance = 1e-5;
    private const double Float64Tolerance = 1e-12;

    private static readonly int[] Sizes = [3, 1, 7, 4];

    /// <summary>Neither the other crystals of a batch nor their sizes change what a crystal gives.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Evaluate_mixed_sizes_equals_crystals_one_by_one(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, type);
        Batch[] crystals = [.. Sizes.Select((atoms, at) => Batch.Random(atoms, 1, type, (ulong)at))];
        CrysformerOutput mixed = network.Evaluate(Join(crystals));
        CrysformerOutput[] single = [.. crystals.Select(crystal => crystal.Evaluate(network))];
        double tolerance = type == ScalarType.Float32 ? Float32Tolerance : Float64Tolerance;
        void AssertSame(Func<CrysformerOutput, Tensor> of, string name) =>
            TensorAssert.AreNear(cat([.. single.Select(of)], 0), of(mixed), tolerance, name);
        AssertSame(output => output.Lattices, "lattices");
        AssertSame(output => output.Energies!, "energies");
        AssertSame(output => output.Coordinates.reshape(-1, 3), "coordinates");
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Gradients_of_mixed_sizes_equal_the_sum_of_crystals_one_by_one(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, type);
        Batch[] crystals = [.. Sizes.Select((atoms, at) => Batch.Random(atoms, 1, type, (ulong)at))];
        static Tensor Loss(CrysformerOutput output) =>
            output.Lattices.square().sum() + output.Coordinates.square().sum() + output.Energies!.sum();
        Tensor Gradients(IEnumerable<Tensor> losses)
        {
            network.zero_grad();
            foreach (Tensor loss in losses)
            {
                loss.backward();
            }

            return cat([.. network.parameters().Select(parameter => parameter.grad!.flatten())], 0).clone();
        }

        Tensor single = Gradients(crystals.Select(crystal => Loss(crystal.Evaluate(network))));
        Tensor mixed = Gradients([Loss(network.Evaluate(Join(crystals)))]);
        TensorAssert.AreNear(
            single,
            mixed,
            type == ScalarType.Float32 ? Float32Tolerance : Float64Tolerance,
            "gradients"
        );
    }

    [Fact]
    public void Mean_of_spread_rows_gives_the_rows()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = arange(8, dtype: ScalarType.Float64).view(4, 2);
        foreach (CrystalLayout layout in new[] { new CrystalLayout(Sizes), CrystalLayout.Uniform(4, 5) })
        {
            Tensor atoms = layout.Spread(rows);
            Assert.Equal([layout.AtomTotal, 2], atoms.shape);
            TensorAssert.AreNear(rows, layout.Mean(atoms), Float64Tolerance, "mean");
        }
    }

    [Fact]
    public void CrystalLayout_without_atoms_is_refused()
    {
        Assert.Contains("expected one or more", Assert.Throws<ArgumentException>(() => new CrystalLayout([])).Message);
        Assert.Contains("2, 0", Assert.Throws<ArgumentException>(() => new CrystalLayout([2, 0])).Message);
    }

    private static CrystalBatch Join(Batch[] crystals) =>
        new(
            new CrystalLayout([.. crystals.Select(crystal => (int)crystal.Coordinates.shape[1])]),
            cat([.. crystals.Select(crystal => crystal.AtomicNumbers.flatten())], 0),
            cat([.. crystals.Select(crystal => crystal.Coordinates.view(-1, 3))], 0),
            cat([.. crystals.Select(crystal => crystal.Lattices)], 0),
            cat([.. crystals.Select(crystal => crystal.Times)], 0)
        );
}
