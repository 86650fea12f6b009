using Kagome.Processes.Diffusion;
using Kagome.Processes.Losses;
using Kagome.Processes.Noise;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Diffusion;

public sealed class DiffusionProcessTests
{
    private const double Rounding = 1e-9;

    /// <summary>Standard errors that a sample mean may be off; the seeds are fixed, so a pass stays a pass.</summary>
    private const double StandardErrors = 5;

    private static readonly DiffusionProcess Process = new(NoiseSchedules.Compute(new DiffusionConfiguration()));

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void AddNoise_coordinates_stay_in_the_cell(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(1, type);
        ProcessState clean = new(noise.Uniform(500, 8, 3), noise.Normal(500, 3, 3));
        NoisyDraw draw = Process.AddNoise(
            clean,
            noise.Steps(Process.StepCount, 500),
            noise.Normal(500, 3, 3),
            noise.Normal(500, 8, 3)
        );
        Assert.All(Numbers.Of(draw.State.Coordinates), value => Assert.True(value is >= 0 and < 1, $"{value}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(900)]
    public void AddNoise_lattice_has_the_mean_and_variance_of_its_level(int time)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(2, ScalarType.Float64);
        const int crystals = 5000;
        const double entry = 3;
        double product = Process.Schedules.LatticeAlphaProducts[time];
        NoisyDraw draw = Process.AddNoise(
            new ProcessState(
                zeros(crystals, 1, 3, dtype: ScalarType.Float64),
                full([crystals, 3, 3], entry, dtype: ScalarType.Float64)
            ),
            full([crystals], time, dtype: ScalarType.Int64),
            noise.Normal(crystals, 3, 3),
            noise.Normal(crystals, 1, 3)
        );
        double[] entries = Numbers.Of(draw.State.Lattices);
        double variance = 1 - product;
        double meanError = Math.Sqrt(variance / entries.Length);
        double varianceError = variance * Math.Sqrt(2.0 / entries.Length);
        Assert.Equal(Math.Sqrt(product) * entry, entries.Average(), StandardErrors * meanError);
        Assert.Equal(variance, Numbers.Variance(entries), StandardErrors * varianceError);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(750)]
    [InlineData(1000)]
    public void AddNoise_coordinate_target_has_a_mean_square_of_one(int time)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(3, ScalarType.Float64);
        NoisyDraw draw = Process.AddNoise(
            new ProcessState(
                zeros(5000, 2, 3, dtype: ScalarType.Float64),
                zeros(5000, 3, 3, dtype: ScalarType.Float64)
            ),
            full([5000], time, dtype: ScalarType.Int64),
            noise.Normal(5000, 3, 3),
            noise.Normal(5000, 2, 3)
        );
        double[] squares = [.. Numbers.Of(draw.CoordinateTarget).Select(value => value * value)];
        Assert.Equal(1, squares.Average(), StandardErrors * Math.Sqrt(Numbers.Variance(squares) / squares.Length));
    }

    [Fact]
    public void AddNoise_gives_each_member_the_noise_of_its_own_time()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor ones = torch.ones(2, 3, 3, dtype: ScalarType.Float64);
        NoisyDraw draw = Process.AddNoise(
            new ProcessState(0.9 * ones, zeros_like(ones)),
            tensor(new long[] { 1, 900 }),
            ones,
            ones
        );
        double[] coordinates = Numbers.Of(draw.State.Coordinates);
        double[] lattices = Numbers.Of(draw.State.Lattices);
        Assert.Equal(0.905, coordinates[0], Rounding);
        Assert.Equal(0.9 + Process.Schedules.CoordinateSigmas[900] - 1, coordinates[^1], Rounding);
        Assert.Equal(Math.Sqrt(1 - Process.Schedules.LatticeAlphaProducts[1]), lattices[0], Rounding);
        Assert.Equal(Math.Sqrt(1 - Process.Schedules.LatticeAlphaProducts[900]), lattices[^1], Rounding);
    }

    [Fact]
    public void AddNoise_to_points_of_all_members_gives_each_the_noise_of_its_member()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(6, ScalarType.Float64);
        Tensor coordinates = noise.Uniform(3, 2, 3);
        Tensor coordinateNoise = noise.Normal(3, 2, 3);
        (Tensor lattices, Tensor latticeNoise) = (noise.Normal(3, 3, 3), noise.Normal(3, 3, 3));
        Tensor times = tensor(new long[] { 1, 900, 400 });
        NoisyDraw expected = Process.AddNoise(
            new ProcessState(coordinates, lattices),
            times,
            latticeNoise,
            coordinateNoise
        );
        int[] points = [0, 1, 4]; // both of the first member, none of the second, one of the third
        Tensor places = tensor(points, dtype: ScalarType.Int64);
        Tensor Chosen(Tensor all) => all.view(6, 3).index_select(0, places);
        NoisyDraw draw = Process.AddNoise(
            new ProcessState(Chosen(coordinates), lattices),
            times,
            latticeNoise,
            Chosen(coordinateNoise),
            members: tensor(new long[] { 0, 0, 2 })
        );
        TensorAssert.AreIdentical(Chosen(expected.State.Coordinates), draw.State.Coordinates, "coordinates");
        TensorAssert.AreIdentical(Chosen(expected.CoordinateTarget), draw.CoordinateTarget, "targets");
        TensorAssert.AreIdentical(expected.State.Lattices, draw.State.Lattices, "lattices");
    }

    [Fact]
    public void Loss_of_a_denoiser_that_knows_the_crystal_is_zero()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(4, ScalarType.Float64);
        ProcessState clean = new(noise.Uniform(16, 4, 3), noise.Normal(16, 3, 3));
        KnownCrystal crystal = new(Process.Schedules, clean.Coordinates, clean.Lattices);
        TrainingLosses losses = Process.Loss(crystal.Answer, clean, noise);
        Assert.Equal(0, losses.Lattice.item<double>(), Rounding);
        Assert.Equal(0, losses.Coordinates.item<double>(), Rounding);
        Assert.Null(losses.Energy);
    }
}
