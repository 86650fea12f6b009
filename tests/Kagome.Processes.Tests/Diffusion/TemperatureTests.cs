using Kagome.Processes.Diffusion;
using Kagome.Processes.Noise;
using Kagome.Processes.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Processes.Tests.Diffusion;

/// <summary>
/// Noise of a temperature. Where data are normal around one crystal, every move multiplies what is left of the deviation by a number and adds
/// noise of a known variance: the variance of the samples is a sum that can be worked out by hand.
/// </summary>
public sealed class TemperatureTests
{
    private const int MemberCount = 2000;

    /// <summary>Five standard errors of a variance from three entries of each member.</summary>
    private const double Tolerance = 0.09;

    private const double CoordinateSpread = 0.06;
    private const double LatticeSpread = 0.5;

    private static readonly NoiseSchedules Schedules = NoiseSchedules.Compute(
        new DiffusionConfiguration { StepCount = 100 }
    );

    /// <summary>With corrections, most noise of the coordinates is the corrector's; without, all of it the predictor's. (Colder and without, what is left half a cell away does not come back.)</summary>
    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(0.25, 3)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void Sample_spreads_as_the_temperature_says(double temperature, int correctorInterval)
    {
        using DisposeScope scope = NewDisposeScope();
        PredictorCorrector sampler = new(new DiffusionProcess(Schedules))
        {
            Temperature = temperature,
            CorrectorInterval = correctorInterval,
        };
        (double[] coordinates, double[] lattices) = Sample(sampler);
        AssertNear(CoordinateVariance(sampler), Numbers.Variance(coordinates));
        AssertNear(LatticeVariance(sampler), Numbers.Variance(lattices));
    }

    [Fact]
    public void Sample_with_deterministic_lattices_spreads_them_alike_at_any_temperature()
    {
        using DisposeScope scope = NewDisposeScope();
        PredictorCorrector sampler = new(new DiffusionProcess(Schedules))
        {
            Temperature = 0.25,
            LatticeUpdate = LatticeUpdate.Deterministic,
        };
        (double[] coordinates, double[] lattices) = Sample(sampler);
        AssertNear(CoordinateVariance(sampler), Numbers.Variance(coordinates));
        AssertNear(LatticeSpread * LatticeSpread, Numbers.Variance(lattices));
    }

    /// <summary>A quarter of the temperature leaves about a quarter of the variance, by the sums that the samples are compared with.</summary>
    [Fact]
    public void Variances_worked_out_by_hand_go_with_the_temperature()
    {
        PredictorCorrector sampler = new(new DiffusionProcess(Schedules)) { Temperature = 0.25 };
        Assert.InRange(CoordinateVariance(sampler) / Math.Pow(CoordinateSpread, 2), 0.24, 0.28);
        Assert.InRange(LatticeVariance(sampler) / Math.Pow(LatticeSpread, 2), 0.2, 0.28);
        Assert.Equal(1, LatticeVariance(sampler with { Temperature = 1 }) / Math.Pow(LatticeSpread, 2), 0.1);
    }

    private static void AssertNear(double expected, double actual) =>
        Assert.Equal(expected, actual, Tolerance * expected);

    private static (double[] Coordinates, double[] Lattices) Sample(PredictorCorrector sampler)
    {
        using SeededNoise noise = new(6, ScalarType.Float64);
        KnownCrystal crystal = new(
            Schedules,
            full([1, 1, 3], 0.97, dtype: ScalarType.Float64),
            full([1, 3, 3], 2, dtype: ScalarType.Float64)
        )
        {
            CoordinateSpread = CoordinateSpread,
            LatticeSpread = LatticeSpread,
        };
        ProcessState samples = sampler.Sample(
            crystal.Answer,
            MemberCount,
            points: 1,
            noise,
            cancellation: TestContext.Current.CancellationToken
        );
        Tensor difference = samples.Coordinates - crystal.Coordinates;
        return (Numbers.Of(difference - difference.round()), Numbers.Of(samples.Lattices));
    }

    /// <summary>As if the torus were a line, which it is as soon as the noise is small; by then the start is forgotten.</summary>
    private static double CoordinateVariance(PredictorCorrector sampler)
    {
        double variance = 1.0 / 12; // of U[0, 1)
        int move = 0;
        foreach (DiffusionStep step in DiffusionStep.Walk(Schedules, sampler.MoveCount))
        {
            double whole = Math.Pow(step.CoordinateSigma, 2) + Math.Pow(CoordinateSpread, 2);
            double noise = step.Time == 1 ? 0 : sampler.Temperature;
            if (sampler.CorrectorInterval > 0 && move++ % sampler.CorrectorInterval == 0)
            {
                double size = sampler.CorrectorStepSize * Math.Pow(step.CoordinateSigma / sampler.ReferenceSigma, 2);
                variance = (Math.Pow(1 - (size / whole), 2) * variance) + (2 * size * noise);
            }

            double kept = 1 - (step.CoordinateVariance / whole);
            variance = (kept * kept * variance) + (noise * Math.Pow(step.CoordinateSpread, 2));
        }

        return variance;
    }

    private static double LatticeVariance(PredictorCorrector sampler)
    {
        double variance = 1;
        foreach (DiffusionStep step in DiffusionStep.Walk(Schedules, sampler.MoveCount))
        {
            double product = Schedules.LatticeAlphaProducts[step.Time];
            double whole = (product * Math.Pow(LatticeSpread, 2)) + 1 - product;
            double kept =
                (1 - (step.LatticeNoiseShare * Math.Sqrt(1 - product) / whole)) / Math.Sqrt(step.LatticeAlpha);
            double noise = step.Time == 1 ? 0 : sampler.Temperature;
            variance = (kept * kept * variance) + (noise * Math.Pow(step.LatticeSpread, 2));
        }

        return variance;
    }
}
