using Kagome.Processes.Noise;
using Kagome.Testing;
using Kagome.Training.Data;
using Kagome.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Tasks;

public sealed class DisplacementTests : IDisposable
{
    private const int Copies = 400;

    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Of_says_what_the_displacement_costs_by_how_far_atoms_and_volume_went()
    {
        (TrainingBatch batch, Displacement moved) = Displaced();
        Tensor members = batch.Layout.CrystalOfAtoms(CPU);
        Tensor volumes = linalg.det(moved.Lattices).abs();
        Tensor before = linalg.det(batch.Lattices).abs();
        Tensor steps = moved.Coordinates - batch.Coordinates;
        steps -= steps.round();
        double[] rises = [.. moved.LeastRise.data<float>().Select(rise => (double)rise)];
        int compared = 0;
        for (int crystal = 0; crystal < Copies; crystal++)
        {
            Tensor own = steps.index_select(0, (members == crystal).nonzero().view(-1)).matmul(batch.Lattices[crystal]);
            double square = own.square().mean().ToDouble();
            double dilation = Math.Log((volumes[crystal] / before[crystal]).ToDouble());
            double expected = square + (0.5 * dilation * dilation);
            if (square < 0.2) // an atom that went further than half a cell is counted as having come from the other side
            {
                Assert.Equal(Math.Min(0.3, expected), rises[crystal], 0.01);
                compared++;
            }
        }

        Assert.InRange(compared, Copies / 2, Copies);
        Assert.InRange(rises.Min(), 0, 0.005);
        Assert.Equal(0.3, rises.Max(), 1e-6);
    }

    [Fact]
    public void Of_keeps_the_centre_of_the_atoms_and_strains_half_of_the_cells()
    {
        (TrainingBatch batch, Displacement moved) = Displaced();
        Tensor strain = (moved.Lattices - batch.Lattices).abs().amax([1, 2]);
        Assert.InRange((strain > 1e-4).to(ScalarType.Float32).mean().ToDouble(), 0.4, 0.6);
        Tensor steps = moved.Coordinates - batch.Coordinates;
        Tensor near = (steps - steps.round()).view(Copies, -1, 3);
        Tensor small = (near.abs().amax([1, 2]) < 0.1).nonzero().view(-1);
        Assert.True(small.shape[0] > Copies / 4);
        TensorAssert.AreNear(zeros(small.shape[0], 3), near.index_select(0, small).mean([1]), 1e-5, "centre");
    }

    [Fact]
    public void Of_nothing_is_nothing()
    {
        using SeededNoise noise = new(3);
        Displacement none = Displacement.Of(zeros(0, 3), zeros(0, 3, 3), zeros(0, ScalarType.Int64), noise);
        Assert.Equal(0, none.LeastRise.shape[0]);
        Assert.Equal(0, none.Coordinates.shape[0]);
    }

    [Fact]
    public void Of_leaves_no_tensors_but_its_parts() =>
        NoTensorLeaks.During(() =>
        {
            using DisposeScope inner = NewDisposeScope();
            Displaced();
        });

    private static (TrainingBatch Batch, Displacement Moved) Displaced()
    {
        using SeededNoise noise = new(7);
        TrainingBatch batch = TestCrystals
            .LabelledSet(TestCrystals.WithEnergy(TestCrystals.StrontiumTitanate, 0))
            .Batch(new BatchIndices(new int[Copies]));
        return (batch, Displacement.Of(batch.Coordinates, batch.Lattices, batch.Layout.CrystalOfAtoms(CPU), noise));
    }
}
