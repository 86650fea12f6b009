using Kagome.Processes.Diffusion;
using Kagome.Processes.Noise;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Diffusion;

public sealed class PredictorCorrectorTests
{
    private const double Rounding = 1e-7;

    /// <summary>Relative, of a standard deviation from a few thousand values and 200 steps.</summary>
    private const double SpreadTolerance = 0.1;

    private static readonly DiffusionProcess Process = new(
        NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = 200 })
    );

    [Theory]
    [InlineData(200)]
    [InlineData(20)]
    public void Sample_with_a_denoiser_that_knows_the_crystal_finds_it(int moveCount)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(5, ScalarType.Float64);
        KnownCrystal crystal = Crystal(noise);
        ProcessState found = new PredictorCorrector(Process) { MoveCount = moveCount }.Sample(
            crystal.Answer,
            batch: 3,
            points: 4,
            noise,
            cancellation: TestContext.Current.CancellationToken
        );
        Tensor difference = found.Coordinates - crystal.Coordinates;
        Assert.All(Numbers.Of(difference - difference.round()), value => Assert.Equal(0, value, Rounding));
        Tensor lattices = crystal.Lattice.expand(3, 3, 3);
        Assert.True(Numbers.LargestDifference(lattices, found.Lattices) <= Rounding);
    }

    /// <summary>Every option of the walk ends in the crystal where the denoiser knows it.</summary>
    [Theory]
    [InlineData(200, 0, LatticeUpdate.Ancestral)]
    [InlineData(20, 3, LatticeUpdate.Ancestral)]
    [InlineData(20, 1, LatticeUpdate.Deterministic)]
    [InlineData(200, 0, LatticeUpdate.Deterministic)]
    public void Sample_with_any_options_finds_the_crystal(int moveCount, int correctorInterval, LatticeUpdate update)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(5, ScalarType.Float64);
        KnownCrystal crystal = Crystal(noise);
        PredictorCorrector sampler = new(Process)
        {
            MoveCount = moveCount,
            CorrectorInterval = correctorInterval,
            LatticeUpdate = update,
        };
        ProcessState found = sampler.Sample(
            crystal.Answer,
            batch: 3,
            points: 4,
            noise,
            cancellation: TestContext.Current.CancellationToken
        );
        Tensor difference = found.Coordinates - crystal.Coordinates;
        Assert.All(Numbers.Of(difference - difference.round()), value => Assert.Equal(0, value, Rounding));
        Assert.True(Numbers.LargestDifference(crystal.Lattice.expand(3, 3, 3), found.Lattices) <= Rounding);
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(3, 14)]
    [InlineData(0, 10)]
    public void Sample_asks_the_denoiser_once_a_move_and_once_a_correction(int correctorInterval, int expected)
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(5, ScalarType.Float64);
        KnownCrystal crystal = Crystal(noise);
        int calls = 0;
        new PredictorCorrector(Process) { MoveCount = 10, CorrectorInterval = correctorInterval }.Sample(
            (state, times) =>
            {
                calls++;
                return crystal.Answer(state, times);
            },
            batch: 1,
            points: 4,
            noise,
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(expected, calls);
    }

    /// <summary>Data that is spread: a deterministic walk carries noise to data one to one, so that the spread comes out too.</summary>
    [Fact]
    public void Sample_with_deterministic_lattices_reproduces_their_spread()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(6, ScalarType.Float64);
        KnownCrystal crystal = new(
            Process.Schedules,
            full([1, 1, 3], 0.97, dtype: ScalarType.Float64),
            full([1, 3, 3], 2, dtype: ScalarType.Float64)
        )
        {
            LatticeSpread = 0.5,
        };
        ProcessState samples = new PredictorCorrector(Process) { LatticeUpdate = LatticeUpdate.Deterministic }.Sample(
            crystal.Answer,
            batch: 800,
            points: 1,
            noise,
            cancellation: TestContext.Current.CancellationToken
        );
        double[] entries = Numbers.Of(samples.Lattices);
        Assert.Equal(2, entries.Average(), SpreadTolerance * 0.5);
        Assert.Equal(0.5, Math.Sqrt(Numbers.Variance(entries)), SpreadTolerance * 0.5);
    }

    [Fact]
    public void Sample_reproduces_the_spread_of_the_data()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(6, ScalarType.Float64);
        KnownCrystal crystal = new(
            Process.Schedules,
            full([1, 1, 3], 0.97, dtype: ScalarType.Float64),
            full([1, 3, 3], 2, dtype: ScalarType.Float64)
        )
        {
            CoordinateSpread = 0.08,
            LatticeSpread = 0.5,
        };
        ProcessState samples = new PredictorCorrector(Process).Sample(
            crystal.Answer,
            batch: 800,
            points: 1,
            noise,
            cancellation: TestContext.Current.CancellationToken
        );
        Tensor difference = samples.Coordinates - crystal.Coordinates;
        double coordinateSpread = Math.Sqrt(Numbers.Variance(Numbers.Of(difference - difference.round())));
        double[] entries = Numbers.Of(samples.Lattices);
        Assert.Equal(0.08, coordinateSpread, SpreadTolerance * 0.08);
        Assert.Equal(0.5, Math.Sqrt(Numbers.Variance(entries)), SpreadTolerance * 0.5);
        Assert.Equal(2, entries.Average(), SpreadTolerance * 0.5);
        Assert.All(Numbers.Of(samples.Coordinates), value => Assert.True(value is >= 0 and < 1, $"{value}"));
    }

    [Fact]
    public void Sample_with_the_same_seed_gives_the_same_crystals()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor Lattices(long seed)
        {
            using SeededNoise noise = new(seed, ScalarType.Float64);
            KnownCrystal crystal = Crystal(noise) with { LatticeSpread = 0.5 };
            return new PredictorCorrector(Process) { MoveCount = 5 }
                .Sample(crystal.Answer, 2, 4, noise, cancellation: TestContext.Current.CancellationToken)
                .Lattices;
        }

        Assert.Equal(Numbers.Of(Lattices(7)), Numbers.Of(Lattices(7)));
        Assert.NotEqual(Numbers.Of(Lattices(7)), Numbers.Of(Lattices(8)));
    }

    [Fact]
    public void Sample_tells_of_every_move_once()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(9, ScalarType.Float64);
        List<int> moves = [];
        new PredictorCorrector(Process) { MoveCount = 10 }.Sample(
            Crystal(noise).Answer,
            batch: 1,
            points: 4,
            noise,
            (move, _) => moves.Add(move),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Enumerable.Range(1, 10), moves);
    }

    [Fact]
    public void Sample_of_fifty_steps_leaves_no_tensors()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise noise = new(10, ScalarType.Float64);
        KnownCrystal crystal = Crystal(noise);
        PredictorCorrector sampler = new(Process) { MoveCount = 50 };
        NoTensorLeaks.During(() =>
        {
            ProcessState found = sampler.Sample(
                crystal.Answer,
                batch: 2,
                points: 4,
                noise,
                cancellation: TestContext.Current.CancellationToken
            );
            found.Coordinates.Dispose();
            found.Lattices.Dispose();
        });
    }

    private static KnownCrystal Crystal(SeededNoise noise) =>
        new(Process.Schedules, noise.Uniform(1, 4, 3), noise.Normal(1, 3, 3));
}
