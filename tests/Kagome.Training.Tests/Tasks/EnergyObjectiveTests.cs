using Kagome.Models;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using Kagome.Training.Data;
using Kagome.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Tasks;

public sealed class EnergyObjectiveTests : IDisposable
{
    private const double Float32Tolerance = 1e-5;
    private const long Seed = 5;

    private static readonly DiffusionProcess Process = new(
        NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = 50 })
    );

    private static readonly LabelScaler Scaler = new()
    {
        Mean = 0.1,
        StandardDeviation = 0.25,
        LabelName = "energy above hull",
        Unit = "eV/atom",
    };

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, ScalarType.Float32);

    [Fact]
    public void Loss_without_clean_crystals_is_the_papers()
    {
        TrainingBatch batch = Batch(0, 0.05, 0.6);
        TrainingLosses losses = Loss(batch, new EnergySettings());

        using SeededNoise noise = new(Seed);
        Tensor times = noise.Steps(50, 3);
        NoisyDraw draw = Process.AddNoise(
            new ProcessState(batch.Coordinates, batch.Lattices),
            times,
            noise.Normal(3, 3, 3),
            noise.Normal(6, 3),
            members: tensor(new long[] { 0, 0, 1, 1, 2, 2 })
        );
        CrysformerOutput output = network.Evaluate(batch.In(draw.State.Coordinates, draw.State.Lattices, times));
        TrainingLosses diffusion = DiffusionProcess.Loss(new DenoiserOutput(output.Coordinates, output.Lattices), draw);
        Tensor labels = (tensor(new[] { 0f, 0.05f, 0.6f }) - 0.1) / 0.25;
        AssertNear(diffusion.Lattice, losses.Lattice, "lattice");
        AssertNear(diffusion.Coordinates, losses.Coordinates, "coordinates");
        AssertNear(EnergyLoss.Exponential(output.Energies!, labels), losses.Energy!, "energy");
    }

    [Fact]
    public void Loss_all_crystals_clean_is_the_absolute_error_at_time_0_alone()
    {
        TrainingBatch batch = Batch(0, 0.05, 0.6);
        TrainingLosses losses = Loss(batch, new EnergySettings { CleanShare = 1 });
        Tensor energies = network.Evaluate(batch.Clean()).Energies!;
        Tensor labels = (tensor(new[] { 0f, 0.05f, 0.6f }) - 0.1) / 0.25;
        AssertNear((energies - labels).abs().mean(), losses.Energy!, "energy");
        Assert.Equal(0, losses.Lattice.ToDouble());
        Assert.Equal(0, losses.Coordinates.ToDouble());
    }

    [Fact]
    public void Loss_of_clean_and_noisy_crystals_of_different_sizes_gives_noise_to_the_atoms_of_the_latter()
    {
        TrainingBatch batch = TestCrystals
            .LabelledSet(
                TestCrystals.WithEnergy(TestCrystals.StrontiumTitanate, 0),
                TestCrystals.WithEnergy(TestCrystals.SodiumChloride, 0.6)
            )
            .Batch(new BatchIndices([0, 1]));
        TrainingLosses losses = Loss(batch, new EnergySettings { CleanShare = 0.5 });

        using SeededNoise noise = new(Seed);
        noise.Uniform(1); // rounds the share: one of two
        Tensor times = noise.Steps(50, 1);
        NoisyDraw draw = Process.AddNoise(
            new ProcessState(batch.Coordinates[5..].unsqueeze(0), batch.Lattices[1..]),
            times,
            noise.Normal(1, 3, 3),
            noise.Normal(2, 3).unsqueeze(0)
        );
        CrysformerOutput output = network.Evaluate(
            batch.In(
                cat([batch.Coordinates[..5], draw.State.Coordinates[0]]),
                cat([batch.Lattices[..1], draw.State.Lattices]),
                cat([zeros(1, dtype: ScalarType.Int64), times])
            )
        );
        Tensor expected = (output.Coordinates[5..] - draw.CoordinateTarget[0]).square().mean();
        AssertNear(expected, losses.Coordinates, "coordinates");
        AssertNear((output.Lattices[1..] - draw.LatticeTarget).square().mean(), losses.Lattice, "lattice");
    }

    [Fact]
    public void Loss_of_displaced_crystals_counts_energies_below_what_the_displacement_costs()
    {
        double Energy(double label) =>
            Loss(Batch(label, label, label), new EnergySettings { DisplacedShare = 1 }).Energy!.ToDouble();
        TrainingBatch batch = Batch(0, 0, 0);
        using SeededNoise noise = new(Seed);
        noise.Uniform(1); // rounds the share: all of them
        Displacement moved = Displacement.Of(
            batch.Coordinates,
            batch.Lattices,
            batch.Layout.CrystalOfAtoms(CPU),
            noise
        );
        Tensor energies = network
            .Evaluate(batch.In(moved.Coordinates, moved.Lattices, zeros(3, dtype: ScalarType.Int64)))
            .Energies!;
        Tensor bounds = (10 - 0.1 + moved.LeastRise) / 0.25;
        Assert.Equal((bounds - energies).mean().ToDouble(), Energy(10), 40 * Float32Tolerance); // all of them too low
        Assert.Equal(0, Energy(-10)); // none of them
    }

    [Fact]
    public void Loss_of_a_rare_label_counts_as_much_as_if_it_stood_alone()
    {
        double Energy(double labelledShare, params double[] labels) =>
            Loss(Batch(labels), new EnergySettings { CleanShare = 1 }, labelledShare).Energy!.ToDouble();
        double NaN = double.NaN;
        double alone = Energy(1, 0.6, 0.6, 0.6) / 3; // mean over NaCl, MgO and CsCl
        double each = Energy(1.0 / 3, 0.6, NaN, NaN) + Energy(1.0 / 3, NaN, 0.6, NaN) + Energy(1.0 / 3, NaN, NaN, 0.6);
        Assert.Equal(3 * alone, each / 3, Float32Tolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Loss_without_any_label_has_no_energy_term_and_stays_finite(double cleanShare)
    {
        TrainingLosses losses = Loss(
            Batch(double.NaN, double.NaN, double.NaN),
            new EnergySettings { CleanShare = cleanShare }
        );
        Assert.Null(losses.Energy);
        Assert.True(double.IsFinite(losses.Total().ToDouble()));
        losses.Total().backward();
        Assert.All(
            network.parameters().Where(parameter => parameter.grad is not null),
            parameter => TensorAssert.IsFinite(parameter.grad!, "gradient")
        );
    }

    [Fact]
    public void Loss_weight_multiplies_the_energy_term()
    {
        TrainingBatch batch = Batch(0, 0.05, double.NaN);
        double once = Loss(batch, new EnergySettings()).Energy!.ToDouble();
        double thrice = Loss(batch, new EnergySettings { Weight = 3 }).Energy!.ToDouble();
        Assert.Equal(3 * once, thrice, 3 * Float32Tolerance * once);
    }

    [Fact]
    public void Loss_leaves_no_tensors_but_its_terms() =>
        NoTensorLeaks.During(() =>
        {
            using IDisposable noGradient = no_grad();
            using DisposeScope inner = NewDisposeScope();
            Loss(Batch(0, 0.05, double.NaN), new EnergySettings { CleanShare = 0.5 });
        });

    public void Dispose()
    {
        network.Dispose();
        scope.Dispose();
    }

    private TrainingLosses Loss(TrainingBatch batch, EnergySettings settings, double labelledShare = 1)
    {
        using SeededNoise noise = new(Seed);
        return new EnergyObjective(Process, settings, Scaler, labelledShare, shiftOrigin: false).Loss(
            network,
            batch,
            noise
        );
    }

    /// <summary>NaCl, MgO and CsCl with labels in eV/atom; NaN for none.</summary>
    private static TrainingBatch Batch(params double[] labels) =>
        TestCrystals
            .LabelledSet(TestCrystals.All.Take(3).Zip(labels, TestCrystals.WithEnergy))
            .Batch(new BatchIndices([0, 1, 2]));

    private static void AssertNear(Tensor expected, Tensor actual, string name) =>
        TensorAssert.AreNear(expected, actual, Float32Tolerance, name);
}
