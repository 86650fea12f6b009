using Kagome.Processes.Diffusion;
using Kagome.Processes.Noise;
using Kagome.Processes.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Diffusion;

/// <summary>Energies made up here, whose pull can be worked out by hand.</summary>
public sealed class EnergyGuidanceTests
{
    private const double CoordinateSlope = 0.3;
    private const double LatticeSlope = 0.7;

    private static readonly DiffusionProcess Process = new(
        NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = 50 })
    );

    /// <summary>A denoiser that says nothing, the same noise with and without: what differs is the sum of all pulls, down the slope.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0, 0.5)]
    [InlineData(0.25, 0.5)]
    public void Sample_guided_up_a_slope_moves_down_by_the_weight_times_the_variance_of_each_step(
        double coordinateWeight,
        double latticeWeight
    )
    {
        using DisposeScope scope = NewDisposeScope();
        ProcessState unguided = Sample(Nothing, null);
        ProcessState guided = Sample(Nothing, new EnergyGuidance(Slope, coordinateWeight, latticeWeight));
        (double coordinates, double lattices) = (0, 0);
        foreach (DiffusionStep step in DiffusionStep.Walk(Process.Schedules, Process.StepCount))
        {
            coordinates -= coordinateWeight * CoordinateSlope * Math.Pow(step.CoordinateSpread, 2);
            lattices /= Math.Sqrt(step.LatticeAlpha);
            lattices -= latticeWeight * LatticeSlope * Math.Pow(step.LatticeSpread, 2);
        }

        Tensor moved = guided.Coordinates - unguided.Coordinates - coordinates;
        Assert.All(Numbers.Of(moved - moved.round()), value => Assert.Equal(0, value, 1e-9));
        Assert.All(
            Numbers.Of(guided.Lattices - unguided.Lattices),
            value => Assert.Equal(lattices, value, 1e-9 * Math.Max(1, Math.Abs(lattices)))
        );
    }

    /// <summary>Energy (x - centre)² / 2 of each entry of a lattice that is spread: its mean falls, and falls further for a larger weight.</summary>
    [Fact]
    public void Sample_guided_ends_at_lower_energies()
    {
        using DisposeScope scope = NewDisposeScope();
        using SeededNoise draws = new(3, ScalarType.Float64);
        KnownCrystal crystal = new(Process.Schedules, draws.Uniform(1, 2, 3), draws.Normal(1, 3, 3))
        {
            LatticeSpread = 0.5,
            CoordinateSpread = 0.1,
        };
        double Energy(double weight)
        {
            EnergyGuidance guidance = new((state, _) => Bowl(crystal, state), weight, weight);
            ProcessState samples = Sample(crystal.Answer, guidance);
            ProcessState slopes = Bowl(crystal, samples);
            return (slopes.Lattices.square().mean() + (100 * slopes.Coordinates.square().mean())).item<double>();
        }

        double unguided = Energy(0);
        double guided = Energy(1);
        Assert.True(guided < 0.95 * unguided, $"{guided} is no lower than {unguided}");
        Assert.True(Energy(4) < 0.95 * guided, $"{Energy(4)} is no lower than {guided}");
    }

    /// <summary>The gradient of half the squared distances from the crystal.</summary>
    private static ProcessState Bowl(KnownCrystal crystal, ProcessState state)
    {
        Tensor away = state.Coordinates - crystal.Coordinates;
        return new ProcessState(away - away.round(), state.Lattices - crystal.Lattice);
    }

    private static ProcessState Slope(ProcessState state, Tensor times) =>
        new(full_like(state.Coordinates, CoordinateSlope), full_like(state.Lattices, LatticeSlope));

    private static DenoiserOutput Nothing(ProcessState state, Tensor times) =>
        new(zeros_like(state.Coordinates), zeros_like(state.Lattices));

    private static ProcessState Sample(Denoiser denoiser, EnergyGuidance? guidance)
    {
        using SeededNoise noise = new(5, ScalarType.Float64);
        return new PredictorCorrector(Process)
            .GuidedBy(guidance)
            .Sample(denoiser, 100, 2, noise, cancellation: TestContext.Current.CancellationToken);
    }
}
